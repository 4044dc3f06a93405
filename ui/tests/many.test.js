// A thousand profiles: only a few of them exist, and wherever one looks, they are there. How fast: tests/scrolling.js.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { openBrowser } from "./window.js";

// Of a thousand: those near the window.
const FEW = 200;

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const rows = (page) => page.locator(".profile").count();
const open = async () => {
  const page = await browser.open(pages.thousand);
  await page.getByText("team-0004-developer").waitFor();
  assert.equal(await rows(page), 5);
  await page.getByText("Show all 1000").click();
  return page;
};

test("only those near the window exist, and no menu before it is asked for", async () => {
  const page = await open();
  await page.getByText("team-0012-developer").waitFor();
  assert.ok((await rows(page)) < FEW);
  assert.equal(await page.locator("[role=menu]").count(), 0);
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("the last one can be reached, and the middle is not blank", async () => {
  const page = await open();
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.getByText("team-0999-billing").waitFor();
  assert.ok((await rows(page)) < FEW);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
  await page.waitForFunction(() => [200, 400, 600].every((y) => document.elementFromPoint(150, y)?.closest(".profile")));
  assert.ok((await rows(page)) < FEW);
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("a new page, a search and a menu among them", async () => {
  const page = await open();
  await page.evaluate(() => window.door.push(structuredClone(window.door.view)));
  await page.getByRole("textbox").fill("billing");
  await page.locator("main [role=status]", { hasText: "250 profiles found" }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "More for team-0003-billing" }).click();
  assert.equal(await page.getByRole("menu").count(), 1);
  await page.keyboard.press("Escape");
  await page.getByRole("textbox").fill("");
  await page.getByText("team-0000-developer").waitFor();
  assert.ok((await rows(page)) < FEW);
  assert.deepEqual(page.faults, []);
  await page.done();
});
