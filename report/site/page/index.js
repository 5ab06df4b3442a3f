"use strict";
// Shows the search box of the first page, which needs scripts to be of use.
(function () {
  var box = document.getElementById("zoekvak");
  var form = box && box.querySelector("form");
  if (!form) return;
  box.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    location.href = form.dataset.page + "?q=" + encodeURIComponent(form.q.value.trim());
  });
})();
