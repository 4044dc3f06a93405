// Every kind of credentials: what is said of it, and how one gets new ones.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { byNeed, cure, ending, isProfile, kind, ownEnd, roleTone, roleWords, stateOf, tone, trouble } from "../src/profile.ts";
import { cure as cureOf, line } from "../src/session.ts";
import { clock } from "../src/time.ts";
import * as pages from "./pages/index.ts";
import { NOW, inMinutes, login, loginSession, page as make, problem, profile, session } from "./pages/make.ts";
import { openBrowser } from "./window.js";

process.env.TZ = "UTC";
const one = (rest, name = "a") => profile(name, null, null, null, rest);
const MFA = { kind: "assume-role", needs_mfa: true, renew: "aws sts get-caller-identity --profile a" };

test("kinds in words", () => {
  const cases = [
    [{ kind: "environment", access_key: "ASIA…V7A" }, "(environment)", "environment variables ASIA…V7A"],
    [{ kind: "container" }, "(container)", "container"],
    [{ kind: "bedrock-key" }, "(bedrock key)", "Bedrock API key"],
    [{ kind: "web-identity" }, "(web identity)", "web identity from the environment"],
    [{ kind: "web-identity" }, "ci", "web identity"],
    [{ kind: "credential-process" }, "vault", "credential process"],
    [{ kind: "login" }, "dev", "console sign-in"],
  ];
  for (const [rest, name, words] of cases) assert.equal(kind(one(rest, name)), words);
  assert.deepEqual(["dev", "(environment)", "(dev) x", "dev (old)"].map(isProfile), [true, false, true, true]);
});

test("ends by what tells of them: a minute ago, and in a minute", () => {
  const cases = [
    ["file-key", "expired", "ended 1 min ago"],
    ["jwt", "expired", "ended 1 min ago"],
    ["bedrock-key", "expired", "ended 1 min ago"],
    ["role-cache", "expired", "ended 1 min ago"],
    ["process", "unknown", "end not known"],
  ];
  for (const [expires_basis, state, words] of cases) {
    const past = one({ expires_basis, expires_at: inMinutes(-1) });
    assert.deepEqual([stateOf(past, NOW), ending(past, NOW)], [state, words], expires_basis);
    const coming = one({ expires_basis, expires_at: inMinutes(1) });
    assert.deepEqual([stateOf(coming, NOW), ending(coming, NOW), tone(coming, NOW)], ["valid", "1 min", "ok"], expires_basis);
  }
  const told = one({ expires_basis: "process", state: "expired", expires_at: inMinutes(-1) });
  assert.deepEqual([stateOf(told, NOW), ending(told, NOW), tone(told, NOW), ownEnd(told)], ["unknown", "end not known", "quiet", null]);
  // The keys of a console sign-in end every quarter of an hour; nobody needs to know.
  const dev = one({ kind: "login", session: "login:x", expires_basis: "login-token", expires_at: inMinutes(-1) });
  assert.deepEqual([ownEnd(dev), stateOf(dev, NOW)], [null, "valid"]);
});

test("what is said where no end is known", () => {
  const said = (rest) => ending(one({ state: "unknown", ...rest }), NOW);
  assert.equal(said({ kind: "temporary" }), "end not known");
  assert.equal(said({ kind: "container" }), "renews itself");
  assert.equal(said({ kind: "none" }), "");
  assert.equal(said(MFA), "MFA code needed");
  assert.equal(said({ kind: "assume-role" }), "end not known");
  assert.equal(said({ kind: "temporary", renew: "awsume" }), "end not known");
  assert.equal(said({ state: "broken" }), "cannot be used");
});

test("what ended long ago does not alarm, and what needs the person comes first", () => {
  const old = { state: "expired", expires_at: inMinutes(-50_000), attention: false };
  assert.equal(tone(one(old), NOW), "quiet");
  assert.equal(tone(one({ ...old, attention: true }), NOW), "end");
  const many = [one(old, "old"), one({ state: "endless" }, "pinned"), one({ expires_at: inMinutes(60) }, "good"), one({ state: "expired" }, "over"), one({ state: "expiring" }, "ends")];
  assert.deepEqual(many.sort((a, b) => byNeed(a, b, new Set())).map(({ name }) => name), ["ends", "over", "good", "pinned", "old"]);
});

test("a command is shown where something has ended or soon will", () => {
  const shown = (rest) => cure(one({ renew: "awsume", expires_basis: "file-key", ...rest }), NOW);
  assert.equal(shown({ state: "expired" }), "awsume");
  assert.equal(shown({ state: "expiring", expires_at: inMinutes(5) }), "awsume");
  assert.equal(shown({ state: "valid", expires_at: inMinutes(-1) }), "awsume");
  assert.equal(shown({ state: "valid", expires_at: inMinutes(60) }), null);
  assert.equal(shown({ state: "expired", renew: null }), null);
  const terminal = { can_sign_in: false, renew: "aws login --profile dev" };
  const of = (minutesAgo, state, rest) => cureOf(loginSession("user/me", minutesAgo, { ...terminal, ...rest }), state);
  for (const state of ["expired", "signed-out", "expiring", "broken"]) assert.equal(of(725, state), "aws login --profile dev", state);
  for (const state of ["valid", "stale", "unknown"]) assert.equal(of(10, state), null, state);
  assert.equal(of(725, "expired", { login: login() }), null);
  assert.equal(cureOf(loginSession("user/me", 725), "expired"), null, "Relight signs in itself");
  assert.equal(cureOf(session("corp", { renew: "x" }), "expired"), null);
});

test("a console sign-in in words", () => {
  const said = (minutesAgo, state) => line(loginSession("user/me", minutesAgo, state && { state }), state ?? "valid", NOW);
  const at = (minutes) => clock(NOW + minutes * 60_000, NOW);
  assert.equal(said(343), `renews itself · until ${at(377)}`);
  assert.equal(said(343, "stale"), "renews itself at the next use");
  assert.equal(said(711, "expiring"), `ends at ${at(9)}`);
  assert.equal(said(725, "expired"), "ended 5 min ago");
  assert.equal(said(null, "signed-out"), "not signed in");
});

test("a role that ended though its session lives says so; one that ends with it does not", () => {
  const role = (rest) => profile("a", "corp", null, null, { ...MFA, expires_basis: "role-cache", ...rest });
  const said = (rest) => [roleWords(role(rest), NOW), roleTone(role(rest), NOW)];
  const at = (minutes) => ({ expires_at: inMinutes(minutes), role_expires_at: inMinutes(minutes) });
  assert.deepEqual(said({ state: "expired", ...at(-5) }), ["ended 5 min ago", "end"]);
  assert.deepEqual(said({ state: "valid", ...at(-5) }), ["ended 5 min ago", "end"]);
  assert.deepEqual(said({ state: "expired", attention: false, ...at(-5) }), ["ended 5 min ago", ""]);
  assert.deepEqual(said({ state: "expiring", ...at(8) }), ["8 min", "soon"]);
  assert.deepEqual(said({ state: "valid", ...at(50) }), ["50 min", ""]);
  assert.deepEqual(said({ state: "unknown", expires_basis: "none" }), ["MFA code needed", ""]);
  assert.deepEqual(said({ state: "expired", expires_basis: "source-profile", ...at(-5) }), ["", ""]);
  // What the AWS CLI kept of a role outlives the session.
  assert.deepEqual(said({ state: "expired", expires_basis: "sso-token", expires_at: inMinutes(-5), role_expires_at: inMinutes(9) }), ["9 min", ""]);
  assert.deepEqual(said({ state: "broken", expires_basis: "none" }), ["cannot be used", "end"]);
  assert.deepEqual(said({ state: "broken", expires_basis: "none", problems: [problem()] })[0], "");
});

test("the mark of a problem is as bad as the worst of them", () => {
  const mark = (...severities) => trouble(one({ problems: severities.map((severity) => problem({ severity })) }));
  assert.deepEqual([mark(), mark("info"), mark("info", "warning"), mark("warning", "error")], [null, null, "soon", "end"]);
});

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const copied = (page) => page.evaluate(() => navigator.clipboard.readText());
const items = async (page, of) => {
  // Rows far from the window do not exist.
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByRole("button", { name: `More for ${of}`, exact: true }).click();
  const labels = await page.getByRole("menuitem").allInnerTexts();
  await page.keyboard.press("Escape");
  return labels.map((label) => label.trim());
};
const choose = async (page, of, item) => {
  await page.getByRole("button", { name: `More for ${of}`, exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
};
const all = (page) => page.getByRole("button", { name: /^Show all \d+$/ }).click();
const other = (page, name) => page.locator(`[data-profile="${name}"]`);
const card = (page, user) => page.locator(`[data-session="login:arn:aws:iam::111122223333:${user}"]`);

test("every kind has its own menu", async () => {
  const page = await browser.open(pages.kinds);
  await all(page);
  const NAME = ["Copy name", "Copy “export AWS_PROFILE…”"];
  const PIN = ["Pin", "Mute"];
  const menus = {
    "(environment)": PIN,
    "(container)": PIN,
    "(bedrock key)": PIN,
    "(web identity)": PIN,
    "github-soon": [...NAME, ...PIN],
    "saml-valid": [...NAME, "Copy “saml2aws login…”", ...PIN],
    "ops-code": [...NAME, "Copy “aws sts get-caller-identity…”", ...PIN],
    "vault-unused": [...NAME, "Run its program", ...PIN],
    me: [...NAME, ...PIN],
    "111122223333:user/me": ["Sign in again", "Browser for this session…", ...PIN, "Sign out…"],
    "111122223333:user/ended": ["Browser for this session…", ...PIN],
    "111122223333:user/nowhere": ["Copy “aws login…”", "Browser for this session…", ...PIN],
  };
  for (const [name, expected] of Object.entries(menus)) assert.deepEqual(await items(page, name), expected, name);
  await choose(page, "saml-valid", "Copy “saml2aws login…”");
  assert.equal(await copied(page), "saml2aws login --profile saml-valid");
  await page.locator(".pill", { hasText: "Copied saml2aws login --profile saml-valid" }).waitFor();
  await choose(page, "111122223333:user/nowhere", "Copy “aws login…”");
  assert.equal(await copied(page), "aws login --profile nowhere");
  assert.deepEqual(await page.acts(), []);
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("running a program: said aloud; what comes of it is a sentence or a new page", async () => {
  const page = await browser.open(pages.kinds);
  await all(page);
  await choose(page, "vault-unused", "Run its program");
  await page.locator("[aria-live=polite]", { hasText: "Running the program of vault-unused" }).waitFor({ state: "attached" });
  assert.deepEqual(await page.acts(), [{ do: "run-process", with: "vault-unused" }]);
  await page.say("trouble", "The program of vault-unused ended with 1.");
  await page.getByRole("alert").getByText("The program of vault-unused ended with 1.").waitFor();
  const ran = (other) => (other.name === "vault-unused" ? { ...other, state: "valid", expires_basis: "process", expires_at: inMinutes(58) } : other);
  await page.push({ ...pages.kinds, view: { ...pages.kinds.view, profiles: pages.kinds.view.profiles.map(ran) } });
  await other(page, "vault-unused").getByText("58 min", { exact: true }).waitFor();
  await page.done();
});

test("what has ended or soon will shows its command, one click from the clipboard", async () => {
  const page = await browser.open(pages.kinds);
  await all(page);
  for (const name of ["saml-ended", "saml-soon", "mfa-of-a-key"]) assert.equal(await other(page, name).locator("code").count(), 1, name);
  for (const name of ["saml-valid", "mfa-unused", "(environment)", "old-saml"]) assert.equal(await other(page, name).locator("code").count(), 0, name);
  await other(page, "saml-ended").getByRole("button", { name: "Copy the command saml2aws login --profile saml-ended" }).click();
  assert.equal(await copied(page), "saml2aws login --profile saml-ended");
  await page.locator("[aria-live=polite]", { hasText: "Copied" }).waitFor({ state: "attached" });
  await page.done();
});

test("a console sign-in has its button, and its command only where the files say too little", async () => {
  const page = await browser.open(pages.kinds);
  await page.getByRole("button", { name: /^Not signed in/ }).click();
  const buttons = { "user/ended": "Sign in to", "user/soon": "Sign in again to", "assumed-role/Admin/kim@example.com": "Sign in to" };
  for (const [user, words] of Object.entries(buttons)) {
    await card(page, user).getByRole("button", { name: `${words} 111122223333:${user}` }).click();
    assert.deepEqual((await page.acts()).at(-1), { do: "sign-in", with: `login:arn:aws:iam::111122223333:${user}` });
    assert.equal(await card(page, user).locator("code").count(), 0);
  }
  assert.equal(await card(page, "user/me").getByRole("button", { name: /^Sign in/ }).count(), 0);
  await card(page, "user/me").getByText("until 22:05", { exact: true }).waitFor();
  const nowhere = card(page, "user/nowhere");
  assert.equal(await nowhere.getByRole("button", { name: /^Sign in/ }).count(), 0);
  await nowhere.getByText("aws login --profile nowhere", { exact: true }).waitFor();
  await nowhere.getByRole("button", { name: /^Copy the command/ }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await copied(page), "aws login --profile nowhere");
  await page.done();
});

test("the button comes when the end passes, without a new page; console sign-ins are signed in to with the others", async () => {
  const page = await browser.open(make({ sessions: [loginSession("user/me", 343), loginSession("user/ended", 725)] }), { clock: "held" });
  const button = page.getByRole("button", { name: "Sign in to 111122223333:user/me" });
  assert.equal(await button.count(), 0);
  await page.clock.runFor(377 * 60_000);
  await button.waitFor();
  await page.getByRole("button", { name: "Sign in to all 2" }).click();
  const [{ do: what, with: ids }] = await page.acts();
  assert.deepEqual([what, ids.toSorted()], ["sign-in-all", ["user/ended", "user/me"].map((user) => `login:arn:aws:iam::111122223333:${user}`)]);
  await page.done();
});

test("signing out of a console sign-in says what it cannot do", async () => {
  const page = await browser.open(pages.kinds);
  await choose(page, "111122223333:user/me", "Sign out…");
  const question = page.getByRole("group", { name: "Sign out of 111122223333:user/me?" });
  for (const words of ["Its file is removed from this computer.", "AWS has no sign-out for it: keys that tools already have work for up to 15 minutes."]) await question.getByText(words).waitFor();
  await question.getByRole("button", { name: "Sign out" }).click();
  assert.deepEqual(await page.acts(), [{ do: "sign-out", with: "login:arn:aws:iam::111122223333:user/me" }]);
  await choose(page, "corp", "Sign out…");
  await page.getByText("Tools that use it lose access when their role credentials end.").waitFor();
  await page.done();
});

test("a console sign-in under way: no code to compare and none instead; in a terminal, where its code goes", async () => {
  const page = await browser.open(pages.console_);
  const of = card(page, "user/ended");
  await of.getByText("It comes back by itself").waitFor();
  await of.getByText("No code to compare").waitFor();
  assert.equal(await of.getByRole("button", { name: "Use a code instead" }).count(), 0);
  await of.getByRole("button", { name: "Open page" }).click();
  assert.deepEqual(await page.acts(), [{ do: "open-page", with: "login:arn:aws:iam::111122223333:user/ended" }]);
  await page.push(pages.consolePastes);
  await of.getByText("Paste the page's code in the terminal").waitFor();
  assert.equal(await of.getByText("The page must show this code").count(), 0);
  assert.equal(await of.getByRole("button", { name: "Copy code" }).count(), 0);
  assert.deepEqual(page.faults, []);
  await page.done();
});

test("roles that ended by themselves say so in their session's list", async () => {
  for (const width of [320, 420, 900]) {
    const page = await browser.open(pages.kinds, { width });
    const said = await page.locator('[data-session="sso-session:corp"] .end-of-role').allInnerTexts();
    const words = said.map((text) => text.replace(/^role credentials:\s*/, ""));
    assert.deepEqual(words, ["47 min", "MFA code needed", "ended 5 min ago", "8 min", "51 min"], `${width} px`);
    const rows = await page.locator(".profile").evaluateAll((rows) => rows.map((row) => row.scrollWidth <= row.clientWidth && row.scrollHeight <= row.clientHeight));
    assert.ok(rows.every(Boolean), `${width} px`);
    await page.done();
  }
});

test("the settings have a browser for every session, and a switch for all that can be renewed; credentials have their name", async () => {
  const legacy = session("legacy", { id: "sso-legacy:https://legacy.awsapps.com/start", kind: "sso-legacy", refreshable: false });
  const view = { ...pages.kinds.view, sessions: [...pages.kinds.view.sessions, legacy] };
  const page = await browser.open({ ...pages.kinds, view, settings: { ...pages.kinds.settings, pinned: ["(environment)", "dev"] } });
  await choose(page, "111122223333:user/me", "Browser for this session…");
  const field = page.getByLabel("111122223333:user/me", { exact: true });
  assert.equal(await field.evaluate((field) => field === document.activeElement), true);
  assert.equal(await page.getByRole("region", { name: "Browser" }).getByRole("listitem").count(), view.sessions.length);
  await field.fill("firefox -P work");
  await page.keyboard.press("Enter");
  const renewed = page.getByRole("region", { name: "Renewed one by one" });
  assert.equal(await renewed.getByRole("switch").count(), view.sessions.length - 1, "AWS renews no legacy session");
  await renewed.getByRole("switch", { name: "Renew 111122223333:user/me" }).click();
  const id = "login:arn:aws:iam::111122223333:user/me";
  assert.deepEqual((await page.acts()).map((act) => act.with), [
    { key: "browser", value: { session: id, command: "firefox -P work" } },
    { key: "renew-by-hand", value: { name: id, on: true } },
  ]);
  const pinned = await page.getByRole("region", { name: "Pinned" }).getByRole("listitem").allInnerTexts();
  assert.deepEqual(pinned.map((text) => text.trim()), ["(environment) credentials", "dev profile"]);
  await page.done();
});
