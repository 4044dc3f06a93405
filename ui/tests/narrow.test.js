// The head and the narrow window: one line where there was one, and no arrow alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { openBrowser } from "./window.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const long = "a-session-with-a-name-that-somebody-wrote-for-no-window-in-particular";
const named = (first) => ({ ...first, view: { ...first.view, sessions: first.view.sessions.map((s) => ({ ...s, name: `${s.name}-${long}` })) } });

test("the head's height does not change with its words", async () => {
  for (const width of [320, 415, 420, 440]) {
    const page = await browser.open(pages.calm, { width });
    const height = () => page.locator("header").evaluate((head) => head.offsetHeight);
    const first = await height();
    for (const next of [pages.main, pages.morning, pages.minute, named(pages.quiet), named(pages.main)]) {
      await page.push(next);
      assert.equal(await height(), first, `${width} px, ${await page.locator("h1").innerText()}`);
    }
    await page.done();
  }
});

test("the arrow of an open list stands beside the words before it", async () => {
  for (const width of [320, 420, 440]) {
    for (const locale of ["en-GB", "en-US"]) {
      const page = await browser.open(pages.quiet, { width, locale });
      for (const next of [pages.quiet, pages.again(), pages.minute, { ...pages.quiet, settings: { ...pages.quiet.settings, muted: ["sso-session:corp"] } }]) {
        await page.push(next);
        const alone = await page.evaluate(() =>
          [...document.querySelectorAll(".tail.open")].flatMap((tail) => {
            const [part, fold] = [".part", ".fold"].map((of) => tail.querySelector(of)?.getBoundingClientRect());
            return fold && !(fold.top < part.bottom && part.top < fold.bottom && fold.left >= part.left && part.width > 20) ? [tail.textContent] : [];
          }),
        );
        assert.deepEqual(alone, [], `${width} px`);
      }
      await page.done();
    }
  }
});

test("looking for what can be renewed: the icon turns until the next page comes, a second at most", async () => {
  const page = await browser.open(pages.quiet, { clock: "held", motion: true });
  const button = page.getByRole("button", { name: "Refresh now" });
  const turns = async () => [await button.getAttribute("aria-busy"), await page.locator(".turning").count()];
  await button.click();
  await page.locator("[aria-live=polite]", { hasText: "Looking for what can be renewed" }).waitFor({ state: "attached" });
  assert.deepEqual(await turns(), ["true", 1]);
  await button.click();
  await page.push(structuredClone(pages.quiet));
  assert.deepEqual(await turns(), ["false", 0]);
  await button.click();
  await page.clock.runFor(999);
  assert.deepEqual(await turns(), ["true", 1]);
  await page.clock.runFor(1);
  assert.deepEqual(await turns(), ["false", 0]);
  assert.equal((await page.acts()).length, 2);
  await page.answers({ refuse: "No." });
  await button.click();
  await page.getByRole("alert").getByText("No.").waitFor();
  assert.deepEqual(await turns(), ["false", 0]);
  await page.done();
});
