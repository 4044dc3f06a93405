// A sign-in under way: by a browser that comes back, by a code, and before its turn.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { openBrowser } from "./window.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const sandbox = (page) => page.locator('[data-session="sso-session:sandbox"]');
const heard = (page, words) => page.locator("[aria-live=polite]", { hasText: words }).waitFor({ state: "attached" });
const choose = async (page, item) => {
  await page.getByRole("button", { name: "More for corp", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
};

test("without a code: the page, its address, and a code for whose browser cannot come back", async () => {
  const page = await browser.open(pages.comesBack);
  const card = sandbox(page);
  await card.getByText("It comes back by itself").waitFor();
  assert.equal(await card.getByRole("img").count(), 0);
  assert.equal(await card.getByRole("button", { name: "Copy code" }).count(), 0);
  await card.getByRole("button", { name: "Copy address" }).click();
  const { verification_uri_complete } = pages.comesBack.view.sessions.find((s) => s.login).login;
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), verification_uri_complete);
  await card.getByRole("button", { name: "Open page" }).click();
  await card.getByRole("button", { name: "Use a code instead" }).click();
  await page.push(pages.codeInstead);
  await card.getByRole("img", { name: "Code: K J T X dash Q W P M" }).waitFor();
  await card.getByText("No port of this machine can be listened on (permission denied). So you sign in with a code instead.").waitFor();
  await card.getByRole("button", { name: "Copy address" }).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /user_code=KJTX-QWPM$/);
  assert.deepEqual(await page.acts(), [
    { do: "open-page", with: "sso-session:sandbox" },
    { do: "use-code", with: "sso-session:sandbox" },
  ]);
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("of another program's sign-in only the page can be opened", async () => {
  const page = await browser.open(pages.comesBackElsewhere);
  await sandbox(page).getByText("from the tray").waitFor();
  assert.equal(await page.getByRole("button", { name: "Use a code instead" }).count(), 0);
  assert.equal(await sandbox(page).getByRole("button", { name: "Open page" }).isEnabled(), true);
  await page.done();
});

test("waiting for its turn, it says for what, and nothing can be pressed yet", async () => {
  const page = await browser.open(pages.turn);
  await sandbox(page).getByText("Begins after the sign-in to data-eu, in a terminal").waitFor();
  assert.equal(await page.locator("h1").innerText(), "Signing in to data-eu");
  for (const name of ["Copy address", "Open page"]) assert.equal(await sandbox(page).getByRole("button", { name }).isEnabled(), false);
  await sandbox(page).getByRole("button", { name: "Cancel signing in to sandbox" }).click();
  assert.deepEqual(await page.acts(), [{ do: "cancel", with: "sso-session:sandbox" }]);
  await page.done();
});

test("no browser could be opened: the address is there to be copied", async () => {
  const page = await browser.open(pages.comesBackNoBrowser);
  await sandbox(page).getByText("No browser could be opened.").waitFor();
  await sandbox(page).getByText("https://oidc.eu-central-1.amazonaws.com/authorize").waitFor();
  await sandbox(page).getByRole("button", { name: "Copy the address" }).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /code_challenge=\S+$/);
  await page.done();
});

test("through all its states nothing jumps", async () => {
  const all = [pages.turn, pages.comesBackStarting, pages.comesBack, pages.comesBackSaving, pages.starting, pages.main, pages.saving];
  for (const width of [320, 420, 440, 900]) {
    const page = await browser.open(pages.comesBack, { width });
    const looks = () => page.evaluate(() => {
      const card = document.querySelector('[data-session="sso-session:sandbox"]');
      const open = [...card.querySelectorAll("button")].find((button) => button.textContent === "Open page");
      const top = card.getBoundingClientRect().top;
      return [card.offsetHeight, card.querySelector(".box").getBoundingClientRect().top - top, open.getBoundingClientRect().top - top];
    });
    const first = await looks();
    for (const [i, next] of all.entries()) {
      await page.push(next);
      assert.deepEqual(await looks(), first, `${width} px, ${i}`);
    }
    await page.done();
  }
});

test("what is heard of it has no code where there is none, and tells when there is one after all", async () => {
  const page = await browser.open(pages.quiet);
  await page.push(pages.turn);
  await page.push(pages.comesBackStarting);
  await heard(page, "Signing in to sandbox");
  await page.push(pages.comesBack);
  await heard(page, "sandbox: approve in your browser");
  const { note } = pages.codeInstead.view.sessions.find((s) => s.login).login;
  await page.push(pages.signingIn({ state: "starting", user_code: null, note }));
  await heard(page, `sandbox: ${note}`);
  await page.done();
});

test("a fresh session is said before what it ends, and begun with a second step", async () => {
  const page = await browser.open(pages.calm);
  await choose(page, "Start a fresh session…");
  const question = page.getByRole("group", { name: "Start a fresh session of corp?" });
  await question.getByText("AWS ends the present one at once.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Not now");
  await page.keyboard.press("Escape");
  assert.equal(await question.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "More for corp");
  await choose(page, "Start a fresh session…");
  await choose(page, "Sign out…");
  assert.equal(await question.count(), 0, "one question at a time");
  await choose(page, "Start a fresh session…");
  await question.getByRole("button", { name: "Start fresh" }).click();
  assert.deepEqual(await page.acts(), [{ do: "renew", with: "sso-session:corp" }]);
  await page.done();
});

test("only what lives can be begun afresh, and only in Identity Center", async () => {
  const offered = async (page, name) => {
    await page.getByRole("button", { name: `More for ${name}`, exact: true }).click();
    const count = await page.getByRole("menuitem", { name: "Start a fresh session…" }).count();
    await page.keyboard.press("Escape");
    return count === 1;
  };
  const page = await browser.open(pages.states);
  const expected = { corp: true, platform: true, legacy: true, renewing: true, stale: false, "data-eu": false, sandbox: false, "signed-out": false };
  for (const [name, is] of Object.entries(expected)) assert.equal(await offered(page, name), is, name);
  await page.push(pages.kinds);
  assert.equal(await offered(page, "111122223333:user/me"), false);
  await page.done();
});
