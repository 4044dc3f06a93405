// A thousand profiles: shown, scrolled and searched without a lag a person would feel.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { openBrowser } from "./window.js";

// Frames above this are felt. Tests run on loaded machines too, so a few are allowed there; the figures are printed.
const FELT = 50;
const ALLOWED = 3;

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

// Tasks above 50 ms since window.from: the start of the page is not what is measured here.
const watchTasks = () => {
  const entries = [];
  const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
  observer.observe({ type: "longtask" });
  window.tasks = () => {
    entries.push(...observer.takeRecords());
    return entries.filter(({ startTime }) => startTime >= window.from).map(({ duration }) => Math.round(duration));
  };
};

test("a thousand profiles appear at once, and only those near the window exist", async (t) => {
  const page = await browser.open(pages.thousand, { init: watchTasks });
  await page.getByText("team-0004-developer").waitFor();
  assert.equal(await page.locator(".profile").count(), 5);
  const took = await page.evaluate(async () => {
    const from = (window.from = performance.now());
    [...document.querySelectorAll("button")].find((button) => button.textContent.includes("Show all 1000")).click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return Math.round(performance.now() - from);
  });
  t.diagnostic(`shown in ${took} ms; long tasks: ${(await page.evaluate(() => window.tasks())).length}`);
  assert.ok((await page.locator(".profile").count()) < 200);
  assert.equal(await page.locator("[role=menu]").count(), 0);
  assert.ok(took < 500);
  await page.done();
});

test("scrolling through them", async (t) => {
  const page = await browser.open(pages.thousand, { init: watchTasks });
  await page.getByText("Show all 1000").click();
  const { gaps, last } = await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame();
    window.from = performance.now();
    const gaps = [];
    let before = await frame();
    while (scrollY + innerHeight < document.documentElement.scrollHeight - 1 && gaps.length < 1_000) {
      scrollBy(0, 240);
      const now = await frame();
      gaps.push(now - before);
      before = now;
    }
    await frame();
    await frame();
    return { gaps, last: [...document.querySelectorAll(".profile .who")].at(-1)?.textContent.trim() };
  });
  const middle = await page.evaluate(async () => {
    scrollTo(0, document.documentElement.scrollHeight / 2);
    for (let i = 0; i < 4; i++) await new Promise((done) => requestAnimationFrame(done));
    return document.elementFromPoint(150, 400).closest(".profile") !== null;
  });
  assert.ok(middle, "rows in the middle after a jump");
  const slow = gaps.filter((gap) => gap > FELT);
  const tasks = await page.evaluate(() => window.tasks());
  gaps.sort((a, b) => a - b);
  t.diagnostic(`${gaps.length} frames, median ${gaps[gaps.length >> 1].toFixed(1)} ms, longest ${gaps.at(-1).toFixed(1)} ms, over ${FELT} ms: ${slow.length}; long tasks: ${tasks.length}`);
  assert.equal(last, "team-0999-billing");
  assert.ok(tasks.length <= ALLOWED, `long tasks: ${tasks}`);
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("a new page, a search and a menu among them", async (t) => {
  const page = await browser.open(pages.thousand, { init: watchTasks });
  await page.getByText("Show all 1000").click();
  await page.evaluate(() => (window.from = performance.now()));
  // Made anew inside the page: handing it over from here costs the test's own machinery 100 ms.
  await page.evaluate(() => window.door.push(structuredClone(window.door.view)));
  await page.getByRole("textbox").fill("billing");
  await page.locator("main [role=status]", { hasText: "1 session and 250 profiles found" }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "More for team-0003-billing" }).click();
  assert.equal(await page.getByRole("menu").count(), 1);
  await page.keyboard.press("Escape");
  await page.getByRole("textbox").fill("");
  await page.getByText("team-0000-developer").waitFor();
  const tasks = await page.evaluate(() => window.tasks());
  t.diagnostic(`long tasks: ${tasks.join(", ") || "none"}`);
  assert.ok(tasks.length <= ALLOWED, `long tasks: ${tasks}`);
  await page.done();
});
