"use strict";
// Full-text search in the parts of the index that package site writes. Parts
// are script files that call themisSearch: they load from a folder, where
// browsers refuse everything else.
var themisSearch = themisSearch || {};
(function () {
  var SHOWN = 20, FORMS = 40;
  var K1 = 1.2, B = 0.75;
  var index = themisSearch.data, words = {}, docs = {}, loading = {}, average = 1;
  themisSearch.words = function (part) { words[part[0]] = { postings: part[1], forms: part[2] }; };
  themisSearch.docs = function (part) { docs[part[0]] = part[1]; };

  var box = document.getElementById("zoekvak"), form = box.querySelector("form");
  var results = document.getElementById("resultaten"), state = document.getElementById("stand");
  var more = document.getElementById("meer"), texts = document.getElementById("teksten").dataset;

  function load(name) {
    if (!loading[name]) {
      loading[name] = new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = "zoek/" + name + ".js";
        script.onload = done;
        script.onerror = function () { delete loading[name]; failed(new Error(name)); };
        document.head.appendChild(script);
      });
    }
    return loading[name];
  }

  // fold does what the index did to words.
  function fold(s) {
    return s.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase()
      .replace(/ß/g, "ss").replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ø/g, "o").replace(/ł/g, "l").replace(/đ/g, "d");
  }
  function clean(s) { return Array.from(s.replace(/[^\p{L}\p{Nd}]/gu, "")).slice(0, 40).join(""); }

  // partOf is the number of the part that holds a word: that of its longest
  // beginning that has one.
  function partOf(word) {
    var letters = Array.from(word);
    for (var n = Math.min(letters.length, 6); n > 0; n--) {
      var part = index.parts[letters.slice(0, n).join("")];
      if (part !== undefined) return part;
    }
    return -1;
  }
  function own(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }

  function wordsOf(part) {
    if (part < 0) return Promise.resolve(null);
    if (words[part]) return Promise.resolve(words[part]);
    return load("w" + part).then(function () { return words[part]; });
  }

  // stemsOf finds the stems of a word; where it is not in the index, those of
  // the words that begin with it.
  function stemsOf(word) {
    return wordsOf(partOf(word)).then(function (part) {
      if (!part) return [];
      if (own(part.forms, word)) return [part.forms[word]];
      if (own(part.postings, word)) return [word];
      if (word.length < 3) return [];
      var stems = {};
      Object.keys(part.postings).forEach(function (s) { if (s.startsWith(word)) stems[s] = true; });
      Object.keys(part.forms).forEach(function (f) { if (f.startsWith(word)) stems[part.forms[f]] = true; });
      return Object.keys(stems).slice(0, FORMS);
    });
  }

  // postingsOf merges where stems occur: document to weight.
  function postingsOf(stems) {
    return Promise.all(stems.map(function (stem) {
      return wordsOf(partOf(stem)).then(function (part) { return part && own(part.postings, stem) ? part.postings[stem].split(" ").map(function (n) { return parseInt(n, 36); }) : []; });
    })).then(function (lists) {
      var found = new Map();
      lists.forEach(function (list) {
        var doc = 0;
        list.forEach(function (n) {
          doc += Math.floor(n / index.step);
          found.set(doc, Math.max(found.get(doc) || 0, n % index.step));
        });
      });
      return found;
    });
  }

  function lookUp(word) { return stemsOf(word).then(postingsOf); }

  // termsOf are the words of a question. One with a hyphen that is not found
  // as a whole is searched by its parts.
  function termsOf(question) {
    var raw = fold(question).split(/[\s,;:!?()"“”\/]+/).filter(Boolean).slice(0, 12);
    return Promise.all(raw.map(function (text) {
      var whole = clean(text);
      if (!whole) return [];
      return lookUp(whole).then(function (found) {
        var parts = text.split(/[^\p{L}\p{Nd}]+/u).filter(Boolean);
        if (found.size || parts.length < 2) return [{ word: text, found: found }];
        return Promise.all(parts.map(function (p) { return lookUp(p).then(function (f) { return { word: p, found: f }; }); }));
      });
    })).then(function (lists) { return [].concat.apply([], lists); });
  }

  // rank orders documents: those with more of the words first, then by BM25.
  function rank(terms) {
    var n = index.lengths.length, scores = new Map();
    terms.forEach(function (term) {
      var idf = Math.log(1 + (n - term.found.size + 0.5) / (term.found.size + 0.5));
      term.found.forEach(function (weight, doc) {
        var s = scores.get(doc) || { doc: doc, words: 0, score: 0 };
        s.words++;
        s.score += idf * weight * (K1 + 1) / (weight + K1 * (1 - B + B * index.lengths[doc] / average));
        scores.set(doc, s);
      });
    });
    var list = Array.from(scores.values());
    var most = list.reduce(function (m, s) { return Math.max(m, s.words); }, 0);
    list = list.filter(function (s) { return s.words >= Math.max(1, most - 1); });
    return list.sort(function (a, b) { return b.words - a.words || b.score - a.score || a.doc - b.doc; });
  }

  function grouped(n) { return String(n).replace(/\B(?=(\d{3})+$)/g, texts.separator); }

  function element(name, className, text) {
    var e = document.createElement(name);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
  }
  function show(doc) {
    var item = element("li");
    var when = element("span", "t", doc[6] ? "" : doc[3]);
    var stage = element("span", doc[6] ? "state" : "state st-" + doc[5], doc[6] ? texts.section : doc[4]);
    if (doc[5]) stage.prepend(element("i"));
    item.append(when, stage);
    var title = element("div"), link = element("a", "", doc[1]);
    link.href = doc[0];
    link.lang = "nl";
    title.append(link);
    if (doc[2]) {
      var sub = element("span", "sub", doc[2]);
      sub.lang = "nl";
      title.append(sub);
    }
    item.append(title);
    return item;
  }

  var current = 0, ranked = [];
  function page(run, focus) {
    var from = results.children.length, list = ranked.slice(from, from + SHOWN);
    var parts = Array.from(new Set(list.map(function (s) { return Math.floor(s.doc / index.perPart); })));
    return Promise.all(parts.map(function (p) { return docs[p] ? null : load("d" + p); })).then(function () {
      if (run !== current) return;
      list.forEach(function (s) { results.append(show(docs[Math.floor(s.doc / index.perPart)][s.doc % index.perPart])); });
      more.hidden = results.children.length >= ranked.length;
      if (focus && results.children[from]) results.children[from].querySelector("a").focus();
    });
  }
  function fail() { state.textContent = texts.failed; }

  function search(question) {
    var run = ++current;
    results.replaceChildren();
    more.hidden = true;
    state.textContent = question ? texts.busy : "";
    if (!question) return;
    termsOf(question).then(function (terms) {
      if (run !== current) return;
      var known = terms.filter(function (t) { return t.found.size; });
      var missing = terms.filter(function (t) { return !t.found.size; }).map(function (t) { return t.word; });
      ranked = rank(known);
      if (!ranked.length) {
        state.textContent = texts.none.replace("%s", function () { return question; });
        return;
      }
      var forms = texts.some.split("|"), text = ranked.length === 1 ? forms[0] : forms[1];
      text = text.replace("%s", grouped(ranked.length)).replace("%s", function () { return question; });
      if (missing.length) text += " " + texts.words.replace("%s", function () { return missing.join(", "); });
      return page(run, false).then(function () { if (run === current) state.textContent = text; });
    }).catch(fail);
  }

  function start() {
    if (!index) return fail();
    var sum = index.lengths.reduce(function (a, b) { return a + b; }, 0);
    average = Math.max(1, sum / Math.max(1, index.lengths.length));
    document.getElementById("zonder").hidden = true;
    box.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var q = form.q.value.trim().slice(0, 200);
      history.replaceState(null, "", "?q=" + encodeURIComponent(q));
      search(q);
    });
    more.addEventListener("click", function () { page(current, true).catch(fail); });
    var asked = new URLSearchParams(location.search).get("q") || "";
    form.q.value = asked.slice(0, 200);
    if (asked) search(form.q.value.trim()); else form.q.focus();
  }
  start();
})();
