// Signing in again to a session that still lives: what was there stays there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { openBrowser } from "./window.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const card = (page, name) => page.locator(`[data-session="sso-session:${name}"]`);
const looks = (page) =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll(".profile")].map((row) => (row.known ??= Math.random(), row.known));
    const lists = [...document.querySelectorAll(".profiles")].map((list) => [list.getBoundingClientRect().x, list.offsetWidth, list.offsetHeight]);
    const heads = [...document.querySelectorAll("article > .row:first-child")].map((head) => head.offsetHeight);
    const left = [...document.querySelectorAll("article .left")].map((left) => left.textContent);
    const order = [...document.querySelectorAll("article h2")].map((name) => name.textContent.trim());
    return { rows, lists, heads, left, order, line: document.querySelector("h1 + p").textContent, next: document.querySelector("footer").textContent };
  });

for (const width of [320, 420]) {
  test(`the counts, the time left, the profiles and their places stay, at ${width} px`, async () => {
    const page = await browser.open(pages.quiet, { width });
    const at = async () => (await page.locator(".profiles").first().boundingBox()).y - (await card(page, "platform").boundingBox()).y;
    // In the narrow window "Cancel" has a line of its own, where there was no button before.
    const same = async () => {
      const all = await looks(page);
      return width < 416 ? { ...all, heads: all.heads.slice(0, 2) } : all;
    };
    const before = await same();
    assert.equal(before.rows.length, 4);
    const first = await at();
    await page.push(pages.again({ state: "starting", user_code: null }));
    await card(page, "platform").getByText("asking AWS for a code…").waitFor();
    assert.deepEqual(await same(), before);
    const pushed = await at();
    await page.push(pages.again());
    await card(page, "platform").getByText("approve in your browser").waitFor();
    assert.deepEqual(await same(), before);
    assert.equal(await at(), pushed);
    await page.push(structuredClone(pages.quiet));
    await card(page, "platform").getByText("ends at 16:02").waitFor();
    assert.deepEqual(await same(), before);
    assert.equal(await at(), first);
    await page.done();
  });
}

test("one can sign out during it, but not sign in twice", async () => {
  const page = await browser.open(pages.again());
  await page.getByRole("button", { name: "More for platform", exact: true }).click();
  const items = await page.getByRole("menuitem").allInnerTexts();
  assert.ok(items.includes("Sign out…") && !items.includes("Sign in again"), items.join());
  await page.done();
});

test("a list that was folded stays folded", async () => {
  const page = await browser.open(pages.quiet);
  await card(page, "corp").locator(".fold button").click();
  await page.push(pages.again());
  await card(page, "corp").getByText("approve in your browser").waitFor();
  assert.equal(await card(page, "corp").locator(".profile").count(), 0);
  await card(page, "corp").getByRole("button", { name: "3 profiles" }).waitFor();
  await page.done();
});

test("cancelled, it is not announced as signed in", async () => {
  const page = await browser.open(pages.again());
  await page.push(structuredClone(pages.quiet));
  await page.locator("[aria-live=polite]", { hasText: "Still signed in to corp. Still signed in to platform" }).waitFor({ state: "attached" });
  await page.done();
});
