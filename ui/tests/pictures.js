// Takes the pictures in tests/pictures/, to be looked at when the look changes: npm run pictures
import * as pages from "./pages/index.ts";
import { checked, explained } from "./pages/mending.ts";
import { openBrowser } from "./window.js";

const allKinds = async (page) => {
  await page.getByRole("button", { name: "Not signed in" }).click();
  await page.getByRole("button", { name: /^Show all \d+$/ }).click();
};
const accounts = async (page) => {
  await page.getByLabel("More for corp").click();
  await page.getByRole("menuitem", { name: "Accounts and roles" }).click();
  await page.getByRole("checkbox", { name: "ReadOnly" }).check();
};
const picked = pages.withAccounts({
  unassigned: ["old-admin"],
  preview: { text: "Add 1 profile to ~/.aws/config:\n\n  [profile Development-ReadOnly]\n  sso_session = corp\n  sso_account_id = 444455556666\n  sso_role_name = ReadOnly\n", changes: true },
});
const organisation = async (page) => {
  await page.getByRole("button", { name: "Add an organisation" }).click();
  await page.getByRole("textbox", { name: "Address" }).fill("new.awsapps.com");
};
const newcomer = async (page) => {
  await page.getByRole("button", { name: "Add an organisation" }).click();
  await page.getByRole("textbox", { name: "Address" }).fill("new.awsapps.com");
  await page.getByRole("button", { name: "Show its accounts" }).click();
};
const fresh = async (page) => {
  await page.getByLabel("More for corp").click();
  await page.getByRole("menuitem", { name: "Start a fresh session" }).click();
};
const signOutOfConsole = async (page) => {
  await page.getByLabel("More for 111122223333:user/soon").click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
};
const explain = async (page) => {
  await page.getByLabel("Why does it fail?").click();
  await page.getByLabel("Paste an error").fill("botocore.exceptions.TokenRetrievalError: Error when retrieving token from sso: Token has expired and refresh failed");
  await page.getByLabel("Paste an error").press("Control+Enter");
  await page.locator("#answer").waitFor();
};
const check = async (page) => {
  await page.getByLabel("Why does it fail?").click();
  await page.getByRole("button", { name: "Check this computer" }).click();
};
const shots = [
  ["why", pages.quiet, {}, async (page) => page.getByLabel("Why does it fail?").click()],
  ["explained", explained.ended, { height: 1000 }, explain],
  ["narrow-explained", explained.ended, { width: 320, height: 1200 }, explain],
  ["explained-signing-in", explained.signingIn, { height: 1100 }, explain],
  ["explained-denied", explained.denied, {}, explain],
  ["explained-unknown", explained.unknown, {}, explain],
  ["computer", checked.found, { height: 1000 }, check],
  ["narrow-computer", checked.found, { width: 320, height: 1200 }, check],
  ["computer-mended", checked.mended, { height: 800 }, check],
  ["computer-well", checked.well, {}, check],
  ["accounts", picked, { height: 1150 }, accounts],
  ["narrow-accounts", picked, { width: 320, height: 1250 }, accounts],
  ["organisation", { ...pages.empty, organisation: { wish: { url: "new.awsapps.com", region: "", name: "" }, preview: { text: "The address does not say the region of the Identity Center. Your administrator knows it; it is often where the organisation began, such as us-east-1.", changes: false }, session: null, there: false } }, {}, organisation],
  ["main", pages.main, {}],
  ["quiet", pages.quiet, {}],
  ["calm", pages.calm, {}],
  ["morning", pages.morning, {}],
  ["starting", pages.starting, {}],
  ["no-browser", pages.noBrowser, {}],
  ["comes-back", pages.comesBack, {}],
  ["comes-back-no-browser", pages.comesBackNoBrowser, {}],
  ["narrow-comes-back", pages.comesBack, { width: 320 }],
  ["turn", pages.turn, {}],
  ["narrow-turn", pages.turn, { width: 320, height: 900 }],
  ["code-instead", pages.codeInstead, {}],
  ["fresh", pages.calm, {}, fresh],
  ["narrow-fresh", pages.calm, { width: 320, height: 900 }, fresh],
  ["states", pages.states, { height: 1150 }],
  ["kinds", pages.kinds, { height: 2840 }, allKinds],
  ["narrow-kinds", pages.kinds, { width: 320, height: 3400 }, allKinds],
  ["learned", pages.learned, { height: 760 }],
  ["narrow-learned", pages.learned, { width: 320, height: 900 }],
  ["held", pages.held, { height: 1150 }],
  ["narrow-held", pages.held, { width: 320, height: 1400 }],
  ["console", pages.console_, {}],
  ["narrow-console", pages.console_, { width: 320 }],
  ["console-pastes", pages.consolePastes, {}],
  ["console-sign-out", pages.kinds, { height: 900 }, signOutOfConsole],
  ["narrow-console-sign-out", pages.kinds, { width: 320, height: 900 }, signOutOfConsole],
  ["empty", pages.empty, {}],
  ["narrow-empty", pages.empty, { width: 320 }],
  ["newcomer-signs-in", pages.newcomer.there, {}, newcomer],
  ["newcomer-signing-in", pages.newcomer.signingIn, {}, newcomer],
  ["narrow-newcomer-signing-in", pages.newcomer.signingIn, { width: 320 }, newcomer],
  ["unreadable", pages.unreadable, {}],
  ["narrow", pages.main, { width: 320, height: 900 }],
  ["narrow-states", pages.states, { width: 320, height: 1500 }],
  ["narrow-again", pages.again(), { width: 320, height: 900 }],
  ["twelve-hours-320", pages.minute, { width: 320, locale: "en-US" }],
  ["twelve-hours-420", pages.minute, { locale: "en-US" }],
  ["twelve-hours-440", pages.minute, { width: 440, locale: "en-US" }],
  ["again", pages.again(), { height: 900 }],
  ["wide", pages.main, { width: 900 }],
  ["search", pages.main, {}, async (page) => page.getByRole("textbox").fill("1111 2222")],
  ["nothing-found", pages.main, {}, async (page) => page.getByRole("textbox").fill("xyzzy")],
  ["menu", pages.quiet, {}, async (page) => page.getByLabel("More for corp").click()],
  ["sign-out", pages.calm, {}, async (page) => { await page.getByLabel("More for corp").click(); await page.getByRole("menuitem", { name: "Sign out" }).click(); }],
  ["thousand", pages.thousand, {}, async (page) => page.getByText("Show all 1000").click()],
  ["folded", pages.quiet, { height: 1200 }, async (page) => page.getByRole("button", { name: "Not signed in" }).click()],
  ["settings", pages.main, { height: 1500 }, async (page) => page.getByLabel("Settings", { exact: true }).click()],
  ["browsers", pages.browsers, { height: 1500 }, async (page) => page.getByLabel("Settings", { exact: true }).click()],
  ["narrow-browsers", pages.browsers, { width: 320, height: 1600 }, async (page) => page.getByLabel("Settings", { exact: true }).click()],
  ["windows-settings", pages.windows, { height: 2100 }, async (page) => page.getByLabel("Settings", { exact: true }).click()],
  ["narrow-windows-settings", pages.windows, { width: 320, height: 2300 }, async (page) => page.getByLabel("Settings", { exact: true }).click()],
  ["refused", pages.quiet, {}, async (page) => { await page.answers({ refuse: "AWS did not answer within 10 s. Check the network and try again." }); await page.getByLabel("Sign in to data-eu").click(); }],
  ["no-page", null, { refuse: "The settings file could not be read: line 3 is not TOML." }],
];

const wanted = process.argv.slice(2);
const browser = await openBrowser();
for (const [name, first, options, then] of shots) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const dark of [false, true]) {
    const page = await browser.open(first, { ...options, dark });
    await page.locator("h1").waitFor();
    await then?.(page);
    await page.screenshot({ path: new URL(`pictures/${name}-${dark ? "dark" : "light"}.png`, import.meta.url).pathname });
    if (page.faults.length > 0) console.log(name, page.faults);
    await page.done();
  }
}
await browser.close();
