// Accounts and roles: the list, what is picked, the preview, what is written; and an organisation from its address.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as pages from "./pages/index.ts";
import { openBrowser } from "./window.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const CORP = "sso-session:corp";
const kinds = async (page) => (await page.acts()).map(({ do: what }) => what);
const last = async (page, what) => (await page.acts()).findLast((act) => act.do === what)?.with;
const open = async (page) => {
  await page.getByRole("button", { name: "More for corp" }).click();
  await page.getByRole("menuitem", { name: "Accounts and roles" }).click();
  await page.getByRole("heading", { name: "Accounts and roles", level: 1 }).waitFor();
};

test("it asks AWS once, says how far it is, and comes back with Escape", async () => {
  const page = await browser.open(pages.calm);
  await open(page);
  await page.push(pages.withAccounts({ accounts: null, asking: { accounts: 340, asked: 12 } }));
  await page.getByText("the roles of 12 of 340 accounts").waitFor();
  assert.equal(await page.getByRole("progressbar").getAttribute("value"), "12");
  await page.push(pages.withAccounts({ accounts: null, failure: "AWS asks to slow down." }));
  await page.getByText("AWS asks to slow down.").waitFor();
  assert.deepEqual(await kinds(page), ["list-accounts"]);
  await page.getByRole("button", { name: "Try again" }).click();
  assert.deepEqual(await page.acts(), Array(2).fill({ do: "list-accounts", with: CORP }));
  await page.getByRole("button", { name: "Sign in again" }).click();
  assert.deepEqual((await page.acts()).at(-1), { do: "sign-in", with: CORP });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More for corp" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  await page.done();
});

test("roles are found and picked, the preview is the program's, and only then it is written", async () => {
  const page = await browser.open(pages.withAccounts());
  await open(page);
  const write = page.getByRole("button", { name: "Write this to" });
  assert.ok(await write.isDisabled());
  assert.equal(await page.getByRole("checkbox", { name: "ReadOnly" }).count(), 1, "the other has a profile");
  await page.getByRole("textbox", { name: "Find" }).fill("devel");
  assert.deepEqual(await page.locator("fieldset .name").allInnerTexts(), ["Development"]);
  await page.getByRole("button", { name: "Pick all shown" }).click();
  await page.getByRole("textbox", { name: "Names" }).fill("{role}");
  await page.getByRole("textbox", { name: "Region" }).fill("eu-west-1");
  const add = [{ account_id: "444455556666", role_name: "Administrator" }, { account_id: "444455556666", role_name: "ReadOnly" }];
  assert.deepEqual(await last(page, "pick-profiles"), { session: CORP, add, pattern: "{role}", region: "eu-west-1", prune: false });
  await page.push(pages.withAccounts({ preview: { text: "Add 2 profiles to ~/.aws/config:", changes: true } }));
  await page.getByText("Add 2 profiles to").waitFor();
  await write.click();
  assert.equal((await kinds(page)).at(-1), "write-profiles");
  const written = pages.withAccounts();
  written.accounts.accounts[0].roles.forEach((role) => (role.profiles = ["new"]));
  await page.push(written);
  await page.getByRole("status").getByText("Written to ~/.aws/config").waitFor();
  assert.deepEqual((await last(page, "pick-profiles")).add, [], "what is written is picked no more");
  await page.done();
});

test("what is not assigned any more goes only when it is ticked; another person is told", async () => {
  const page = await browser.open(pages.withAccounts({ unassigned: ["old-admin"], note: "Another person signed in." }));
  await open(page);
  await page.getByText("Another person signed in.").waitFor();
  assert.equal((await last(page, "pick-profiles")).prune, false);
  await page.getByRole("checkbox", { name: "Remove old-admin" }).check();
  assert.equal((await last(page, "pick-profiles")).prune, true);
  await page.done();
});

test("a newcomer types an address, sees what is written, and goes on to the accounts", async () => {
  const page = await browser.open(pages.empty);
  await page.getByRole("button", { name: "Add an organisation" }).click();
  await page.getByRole("textbox", { name: "Address" }).fill("new.awsapps.com");
  const wish = { url: "new.awsapps.com", region: "", name: "" };
  assert.deepEqual(await last(page, "pick-session"), wish);
  const said = (preview, rest) => ({ ...pages.empty, organisation: { wish, preview, session: null, there: false, ...rest } });
  await page.push(said({ text: "The address does not say the region.", changes: false }));
  await page.getByText("The address does not say the region.").waitFor();
  assert.ok(await page.getByRole("button", { name: "Write this to" }).isDisabled());
  await page.push(said({ text: "[sso-session new]", changes: true }, { session: "sso-session:new" }));
  await page.getByRole("textbox", { name: "Region" }).press("Enter");
  assert.equal((await kinds(page)).at(-1), "write-session");
  await page.push(said({ text: "It is there.", changes: false }, { session: "sso-session:new", there: true }));
  await page.getByRole("heading", { name: "Accounts and roles", level: 1 }).waitFor();
  await page.done();
});

test("from an empty window to working profiles there is no dead end", async () => {
  const NEW = "sso-session:new";
  const { wished, there, signingIn, signedIn, listed, written } = pages.newcomer;
  const page = await browser.open(pages.empty);
  const first = page.locator("main").getByRole("button").first();
  assert.equal(await first.innerText(), "Add an organisation");
  await first.click();
  await page.getByRole("textbox", { name: "Address" }).fill("new.awsapps.com");
  await page.getByRole("textbox", { name: "Region" }).fill("eu-central-1");
  await page.push(wished);
  await page.getByRole("button", { name: "Write this to" }).click();
  await page.push(there);
  const signIn = page.getByRole("button", { name: "Sign in to new" });
  await signIn.click();
  await page.push(signingIn);
  // Whoever closes the browser's page begins again.
  await page.getByRole("button", { name: "Cancel signing in to new" }).click();
  await page.push(there);
  await signIn.click();
  await page.push(signingIn);
  await page.push(signedIn);
  await page.push(listed);
  await page.getByRole("checkbox", { name: "Developer" }).check();
  await page.push({ ...listed, accounts: { ...listed.accounts, preview: { text: "Add 1 profile", changes: true } } });
  await page.getByRole("button", { name: "Write this to" }).click();
  await page.push(written);
  await page.getByRole("status").getByText("Written to ~/.aws/config").waitFor();
  await page.getByRole("button", { name: "Show your sessions" }).click();
  await page.locator(`[data-session="${NEW}"]`).getByText("Development-Developer").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  const done = (await page.acts()).filter(({ do: what }) => !what.startsWith("pick-"));
  assert.deepEqual(done, [
    { do: "write-session" },
    { do: "sign-in", with: NEW },
    { do: "cancel", with: NEW },
    { do: "sign-in", with: NEW },
    { do: "list-accounts", with: NEW },
    { do: "write-profiles" },
  ]);
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("whoever goes back on the way finds the session and its sign-in in the list", async () => {
  const page = await browser.open(pages.newcomer.there);
  await page.getByRole("button", { name: "Sign in to new" }).waitFor();
  await page.getByRole("button", { name: "Add an organisation" }).click();
  await page.getByRole("textbox", { name: "Address" }).fill("new.awsapps.com");
  await page.getByRole("button", { name: "Show its accounts" }).click();
  await page.getByRole("heading", { name: "Accounts and roles", level: 1 }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Sign in to new" }).waitFor();
  await page.done();
});

test("a wish that could not be written leads nowhere by itself once another address is typed", async () => {
  const { wished, there } = pages.newcomer;
  const page = await browser.open(pages.empty);
  await page.getByRole("button", { name: "Add an organisation" }).click();
  await page.getByRole("textbox", { name: "Address" }).fill("new.awsapps.com");
  await page.push(wished);
  await page.getByRole("button", { name: "Write this to" }).click();
  await page.say("trouble", "~/.aws/config cannot be written: the disk is full.");
  await page.getByRole("alert").getByText("the disk is full").waitFor();
  await page.getByRole("textbox", { name: "Address" }).fill("other.awsapps.com");
  const other = { ...there.organisation, wish: { ...there.organisation.wish, url: "other.awsapps.com" } };
  await page.push({ ...there, organisation: other });
  await page.getByRole("button", { name: "Show its accounts" }).waitFor();
  assert.equal(await page.locator("h1").innerText(), "Add an organisation");
  await page.done();
});

test("who is not signed in is asked to, and the list comes by itself then", async () => {
  const page = await browser.open(pages.withAccounts({ accounts: null }, { state: "signed-out", refreshable: false, expires_at: null }));
  await open(page);
  await page.getByRole("button", { name: "Sign in to corp" }).click();
  assert.deepEqual(await kinds(page), ["sign-in"]);
  await page.push(pages.withAccounts({ accounts: null }));
  await page.getByText("Asking AWS.").waitFor();
  assert.deepEqual(await kinds(page), ["sign-in", "list-accounts"]);
  await page.done();
});
