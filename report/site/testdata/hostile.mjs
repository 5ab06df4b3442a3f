// Opens every page of a site of hostile decisions and fails when anything in
// them runs, is asked of another server, or widens the page:
// node hostile.mjs CHROMIUM ORIGIN FOLDER
import { chromium } from "playwright-core";
import { readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

const [, , browserPath, origin, folder] = process.argv;
const list = (dir) => readdirSync(dir).flatMap((n) => (statSync(join(dir, n)).isDirectory() ? list(join(dir, n)) : [join(dir, n)]));
const problems = [];
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await (await browser.newContext({ viewport: { width: 360, height: 800 } })).newPage();
page.on("dialog", (d) => { problems.push("dialog " + d.message()); d.dismiss(); });
page.on("request", (r) => { if (!r.url().startsWith(origin)) problems.push("request " + r.url()); });
page.on("pageerror", (e) => problems.push("error " + e.message));
const pages = list(folder).filter((f) => f.endsWith(".html")).map((f) => relative(folder, f).split(sep).join("/"));
for (const path of [...pages, "zoeken.html?q=huurpremie+script"]) {
  await page.goto(origin + "/" + path.split("/").map((p) => p).join("/"));
  if (path.includes("?")) await page.waitForSelector("#resultaten li");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) problems.push(`${path} is ${wide} pixels too wide`);
  const links = await page.$$eval("a[href]", (all) => 
    all.map((a) => a.getAttribute("href")).filter((h) => !["http:", "https:"].includes(new URL(h, document.baseURI).protocol)));
  if (links.length) problems.push(path + " links to " + links);
}
await browser.close();
if (problems.length || pages.length < 10) {
  console.error(problems.join("\n") || "no pages");
  process.exit(1);
}
