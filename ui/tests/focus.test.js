// The focus when what had it goes away, and one Escape for one thing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { page as make, profile, session } from "./pages/make.ts";
import { openBrowser } from "./window.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent?.trim());

test("what vanishes outside the cards leaves the focus at the nearest heading", async () => {
  const page = await browser.open(pages.morning);
  await page.getByRole("button", { name: "Sign in to all 3" }).focus();
  await page.push(pages.quiet);
  await page.waitForFunction(() => document.activeElement.tagName === "H1");
  await page.getByRole("button", { name: "Open file" }).focus();
  await page.push({ ...pages.quiet, view: { ...pages.quiet.view, problems: [] } });
  await page.waitForFunction(() => document.activeElement.tagName === "H1");
  await page.getByRole("button", { name: "More for handed-over" }).focus();
  const others = pages.quiet.view.profiles.filter(({ name }) => name !== "handed-over");
  await page.push({ ...pages.quiet, view: { ...pages.quiet.view, profiles: others } });
  await page.waitForFunction(() => document.activeElement.textContent === "Other credentials");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "More for ci-deploy");
  await page.done();
});

test("a heading that folds its section has the focus in its button", async () => {
  const rest = (...names) => make({ sessions: [session("corp"), ...names.map((name) => session(name, { state: "signed-out", attention: false }))], profiles: [profile("key", null, null, null)] });
  const page = await browser.open(rest("lab", "old"));
  await page.getByRole("button", { name: /^Not signed in/ }).click();
  await page.getByRole("button", { name: "Sign in to old" }).focus();
  await page.push(rest("lab"));
  await page.waitForFunction(() => document.activeElement.textContent.includes("Not signed in"));
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-expanded")), "true");
  await page.done();
});

test("nothing found: the way back leads to the search field", async () => {
  const page = await browser.open(pages.quiet);
  await page.getByRole("textbox").fill("xyzzy");
  await page.locator("main").getByRole("button", { name: "Clear the search" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "search");
  assert.equal(await page.getByRole("textbox").inputValue(), "");
  await page.done();
});

test("Escape answers the question about signing out, and leaves the search as it is", async () => {
  const page = await browser.open(pages.quiet);
  await page.getByRole("textbox").fill("corp");
  await page.getByRole("button", { name: "More for corp", exact: true }).click();
  await page.getByRole("menuitem", { name: "Sign out…" }).click();
  await page.getByRole("button", { name: "Stay" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("button", { name: "Stay" }).count(), 0);
  assert.equal(await page.getByRole("textbox").inputValue(), "corp");
  assert.equal(await focused(page), "More for corp");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("textbox").inputValue(), "");
  await page.done();
});

test("a menu closed by another window or a new size gives the focus back", async () => {
  const page = await browser.open(pages.quiet);
  for (const event of ["blur", "resize"]) {
    await page.getByRole("button", { name: "More for corp", exact: true }).click();
    await page.getByRole("menu").waitFor();
    await page.evaluate((event) => void window.dispatchEvent(new Event(event)), event);
    assert.equal(await page.getByRole("menu").count(), 0);
    assert.equal(await focused(page), "More for corp");
  }
  await page.done();
});
