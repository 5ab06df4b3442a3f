// Walks a site in Chromium: node walk.mjs CHROMIUM ORIGIN FOLDER SHOTS
// Prints one JSON object with what was found wrong, per check.
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { mkdirSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , browserPath, origin, folder, shots] = process.argv;
const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
mkdirSync(shots, { recursive: true });

const problems = {};
const note = (check, what) => (problems[check] ??= []).push(what);
const done = [];

const browser = await chromium.launch({
  executablePath: browserPath,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

// open opens a page and reports what it complains about and what it asks of
// other servers.
async function open(check, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("pageerror", (e) => note(check, "error: " + e.message));
  page.on("console", (m) => m.type() === "error" && note(check, "console: " + m.text()));
  page.on("dialog", (d) => { note(check, "dialog: " + d.message()); d.dismiss(); });
  page.on("request", (r) => { if (!r.url().startsWith(origin) && !r.url().startsWith("file:")) note(check, "request: " + r.url()); });
  await page.goto(path.startsWith("file:") ? path : origin + "/" + path);
  return page;
}

async function check(name, run) {
  try {
    await run(name);
  } catch (e) {
    note(name, String(e.message || e).split("\n").slice(0, 3).join(" "));
  }
  done.push(name);
}

const expect = (name, ok, what) => ok || note(name, what);

const pages = ["index.html", "secties.html", "hoofdstuk/1-wonen.html", "sectie/wonen-1-1-huren.html", "ministers.html", "minister/an-peeters.html",
  "themas.html", "thema/wonen.html", "vergaderingen.html", "vergadering/2021-03-05.html", "zoeken.html?q=huurpremie", "data.html"];

// axe finds nothing serious, in light and dark, wide and narrow; no page is
// wider than the window.
for (const [scheme, width] of [["light", 1280], ["dark", 1280], ["light", 360]]) {
  await check(`axe ${scheme} ${width}`, async (name) => {
    for (const path of pages) {
      const page = await open(name, path, { colorScheme: scheme, viewport: { width, height: 800 } });
      if (path.startsWith("zoeken")) await page.waitForSelector("#resultaten li");
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(name, overflow <= 0, `${path} is ${overflow} pixels too wide`);
      // axe is run past the page's policy, by the debugger.
      const client = await page.context().newCDPSession(page);
      const axe = (await import("node:fs")).readFileSync(axePath, "utf8");
      await client.send("Runtime.evaluate", { expression: axe });
      const { result } = await client.send("Runtime.evaluate", {
        expression: `axe.run(document, {runOnly: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]}).then(r => JSON.stringify(r.violations.map(v => [v.impact, v.id, v.nodes.length, v.nodes[0].html.slice(0, 160), (v.nodes[0].failureSummary||"").slice(0, 200)])))`,
        awaitPromise: true, returnByValue: true,
      });
      for (const v of JSON.parse(result.value)) {
        if (v[0] === "serious" || v[0] === "critical") note(name, `${path}: ${v.join(" | ")}`);
        else console.error(`axe, minor: ${path}: ${v.join(" | ")}`);
      }
      await page.screenshot({ path: `${shots}/${path.replace(/[^a-z0-9-]+/g, "_")}-${scheme}-${width}.png`, fullPage: true });
      await page.context().close();
    }
  });
}

// Searching works from a server and from a folder.
for (const [name, base] of [["search served", ""], ["search from folder", pathToFileURL(folder).href + "/"]]) {
  await check(name, async () => {
    const page = await open(name, base + "zoeken.html");
    await page.fill("#q", "gezinnen met huurpremies");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#resultaten li");
    const titles = await page.$$eval("#resultaten a", (list) => list.map((a) => a.textContent));
    expect(name, titles.some((t) => t.includes("huurpremie")), "found " + titles.join("; "));
    expect(name, /resulta/.test(await page.textContent("#stand")), "the number of results is told");
    await page.click("#resultaten li a >> text=Ontwerpdecreet huurpremie");
    expect(name, page.url().includes("vergadering/2021-03-05.html#b-B"), "led to " + page.url());
    await page.goto((base || origin + "/") + "zoeken.html?q=" + encodeURIComponent("<img src=x onerror=alert(1)> onvindbaarwoord"));
    await page.waitForFunction(() => /Niets gevonden/.test(document.querySelector("#stand").textContent));
    expect(name, (await page.$$("#stand img")).length === 0, "what is asked became markup");
    for (const word of ["__proto__", "constructor", "toString", "hasOwnProperty", "%00", "((("]) {
      await page.fill("#q", word);
      await page.click(".find button");
      await page.waitForFunction(() => /Niets|resulta/.test(document.querySelector("#stand").textContent));
    }
    await page.goto((base || origin + "/") + "index.html");
    await page.fill("#q", "fietspad");
    await page.click(".find button");
    await page.waitForSelector("#resultaten li");
    await page.context().close();
  });
}

// A citation opens the quote beside the text, by mouse and by keyboard.
await check("citation", async (name) => {
  const page = await open(name, "sectie/wonen-1-1-huren.html");
  const cite = page.locator("button.cite").first();
  await cite.click();
  const quote = page.locator(".quote:popover-open");
  expect(name, (await quote.count()) === 1, "one quote is open");
  const text = await quote.locator("blockquote").first().textContent();
  expect(name, text.length > 10, "it quotes: " + text);
  const [a, b] = [await quote.boundingBox(), await cite.boundingBox()];
  expect(name, a.x > b.x + b.width, "it stands beside the text, not over it");
  await page.screenshot({ path: `${shots}/citation.png` });
  await page.keyboard.press("Escape");
  expect(name, (await quote.count()) === 0, "Escape closes it");
  expect(name, await cite.evaluate((e) => e === document.activeElement), "the focus is back");
  await page.context().close();
});

await check("keyboard", async (name) => {
  const page = await open(name, "index.html");
  await page.keyboard.press("Tab");
  expect(name, (await page.evaluate(() => document.activeElement.className)) === "skip", "the first stop skips to the content");
  await page.keyboard.press("Enter");
  expect(name, (await page.evaluate(() => document.activeElement.id)) === "inhoud", "and it does");
  const path = "sectie/wonen-1-1-huren.html";
  await page.goto(origin + "/" + path);
  let cited = false;
  for (let i = 0; i < 80 && !cited; i++) {
    await page.keyboard.press("Tab");
    const [visible, isCite] = await page.evaluate(() => {
      const e = document.activeElement, s = getComputedStyle(e);
      return [s.outlineStyle !== "none" || e === document.body, e.classList.contains("cite")];
    });
    expect(name, visible, "the focus cannot be seen");
    cited = isCite;
  }
  expect(name, cited, "citations are reached with Tab");
  await page.keyboard.press("Enter");
  expect(name, (await page.locator(".quote:popover-open").count()) === 1, "Enter opens the quote");
  await page.keyboard.press("Tab");
  expect(name, await page.evaluate(() => !!document.activeElement.closest(".quote")), "Tab goes into the quote");
  await page.keyboard.press("Escape");
  await page.context().close();
});

await check("no JavaScript", async (name) => {
  for (const path of pages) {
    const page = await open(name, path, { javaScriptEnabled: false });
    expect(name, (await page.locator("h1").count()) === 1 && (await page.locator("main").innerText()).length > 40, path + " is empty");
    await page.context().close();
  }
  const page = await open(name, "zoeken.html", { javaScriptEnabled: false });
  expect(name, await page.locator("#zonder").isVisible(), "the search page says what it needs");
  expect(name, !(await page.locator("#zoekvak").isVisible()), "and shows no box that does nothing");
  await page.goto(origin + "/sectie/wonen-1-1-huren.html");
  await page.locator("button.cite").first().click();
  expect(name, await page.locator(".quote blockquote").first().isVisible(), "citations open without scripts");
  await page.goto(origin + "/index.html");
  await page.click(".tree summary >> nth=0");
  await page.click(".tree details[open] a >> text=1.1 Huren");
  expect(name, page.url().endsWith("sectie/wonen-1-1-huren.html"), "the tree leads to " + page.url());
  await page.context().close();
});

await check("print", async (name) => {
  const page = await open(name, "sectie/wonen-1-1-huren.html");
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".top", ".after", ".skip"]) {
    expect(name, !(await page.locator(hidden).first().isVisible()), hidden + " is printed");
  }
  expect(name, await page.locator(".refs").isVisible(), "references are not printed");
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(name, pdf.length > 5000, "the print is empty");
  await page.screenshot({ path: `${shots}/print.png`, fullPage: true });
  await page.context().close();
});

await check("navigation", async (name) => {
  const page = await open(name, "index.html");
  for (const text of ["Secties", "Ministers", "Thema’s", "Vergaderingen", "Zoeken", "Data", "Overzicht"]) {
    await page.click(`nav.top >> text=${text}`);
    expect(name, (await page.locator("nav.top [aria-current=page]").textContent()) === text, text + " is not marked");
  }
  await page.goto(origin + "/sectie/wonen-1-1-huren.html");
  await page.click(".turn .next a");
  expect(name, page.url().endsWith("wonen-1-2-woonkwaliteit.html"), "next led to " + page.url());
  await page.click(".trail a >> nth=1");
  expect(name, page.url().endsWith("hoofdstuk/1-wonen.html"), "the trail led to " + page.url());
  await page.goto(origin + "/sectie/wonen-1-1-huren.html");
  await page.click("#ref-0 a");
  expect(name, page.url().includes("/vergadering/"), "a reference led to " + page.url());
  await page.context().close();
});

await browser.close();
console.log(JSON.stringify({ done, problems }));
