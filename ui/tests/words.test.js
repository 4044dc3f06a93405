// The pure functions: times, sessions, profiles, shells and settings.
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange } from "../src/arrange.ts";
import { changes, seen } from "../src/changes.ts";
import { account, ending, kind, stateOf } from "../src/profile.ts";
import { beneath, end, hundredths, line, lives, standing, timeLeft } from "../src/session.ts";
import { applied, withWarning } from "../src/settings.ts";
import { commandWords, exportLine } from "../src/shell.ts";
import { ago, clock, left, moment } from "../src/time.ts";
import * as pages from "./pages/index.ts";
import { NOW, inMinutes, learnedSession, login, loginSession, page, problem, profile, session } from "./pages/make.ts";

process.env.TZ = "UTC";
const MINUTE = 60_000;

test("times left are rounded down, two units at most", () => {
  const cases = [
    [0, "under 1 min"],
    [59_999, "under 1 min"],
    [60_000, "1 min"],
    [14 * MINUTE + 59_999, "14 min"],
    [60 * MINUTE, "1 h"],
    [372 * MINUTE + 30_000, "6 h 12 min"],
    [24 * 60 * MINUTE, "1 d"],
    [51 * 60 * MINUTE + 59 * MINUTE, "2 d 3 h"],
    [400 * 24 * 60 * MINUTE, "400 d"],
  ];
  for (const [ms, words] of cases) assert.equal(left(ms), words);
});

test("times past", () => {
  const cases = [[0, "just now"], [12.9 * MINUTE, "12 min ago"], [3.5 * 60 * MINUTE, "3 h ago"], [25 * 60 * MINUTE, "1 day ago"], [23 * 1440 * MINUTE, "23 days ago"]];
  for (const [ms, words] of cases) assert.equal(ago(ms), words);
});

test("clock times name the day if it is not today", () => {
  const at = (minutes) => clock(NOW + minutes * MINUTE, NOW).replaceAll("\u202f", " ");
  const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
  const hour = new Intl.DateTimeFormat("en-GB", { hour: /h1[12]/.test(hourCycle) ? "numeric" : "2-digit", minute: "2-digit", hourCycle });
  assert.equal(at(14), hour.format(NOW + 14 * MINUTE).replaceAll("\u202f", " "));
  assert.match(at(24 * 60), /^Thu /);
  assert.match(at(-24 * 60), /17/);
  assert.match(at(30 * 1440), /18/);
});

test("nonsense is no moment", () => {
  assert.equal(moment(null), null);
  assert.equal(moment("soon"), null);
  assert.equal(moment("2026-11-18T15:48:00Z"), NOW);
});

test("a session counts to the end that needs a person, and claims none it does not know", () => {
  assert.equal(end(session("a", { refreshable: true, expires_at: inMinutes(5) })), null);
  assert.equal(end(session("a", { refreshable: false, expires_at: inMinutes(5) })), NOW + 5 * MINUTE);
  assert.equal(end(session("a", { refreshable: true, person_needed_at: inMinutes(9), expires_at: inMinutes(5) })), NOW + 9 * MINUTE);
});

test("what has passed its end has ended, whatever the engine said last", () => {
  const over = { person_needed_at: inMinutes(0), refreshable: false };
  for (const state of ["valid", "expiring", "expired"]) assert.equal(standing(session("a", { ...over, state }), NOW), "expired");
  assert.equal(standing(session("a", { ...over, state: "broken" }), NOW), "broken");
  assert.equal(standing(session("a", { refreshable: true, expires_at: inMinutes(-1) }), NOW), "valid");
});

test("the line under a session's name", () => {
  const said = (rest) => line(session("a", rest), standing(session("a", rest), NOW), NOW);
  assert.equal(said({}), "renews itself");
  assert.match(said({ person_needed_at: inMinutes(372) }), /^renews itself · until /);
  assert.match(said({ refreshable: false, expires_at: inMinutes(30) }), /^ends at /);
  assert.equal(said({ state: "expired", refreshable: false, expires_at: inMinutes(-12) }), "ended 12 min ago");
  assert.equal(said({ state: "expired", refreshable: true, expires_at: inMinutes(20) }), "ended");
  assert.equal(said({ state: "stale" }), "renews itself at the next use");
  assert.equal(said({ state: "stale", problems: [problem({ code: "refresh-failed" })] }), "could not be renewed yet");
  const offline = [problem({ code: "offline", severity: "info" })];
  assert.match(said({ problems: offline }), /^offline · until /);
  assert.equal(said({ state: "stale", problems: offline }), "offline, renews itself when the network is back");
  assert.equal(said({ state: "signed-out", expires_at: null }), "not signed in");
  assert.equal(timeLeft(session("a", {}), "valid", NOW), "");
});

test("a learned end is said to be one, and is the earliest it can be", () => {
  const at = (minutes) => clock(NOW + minutes * MINUTE, NOW);
  const said = (of, now = NOW) => [line(of, standing(of, now), now), timeLeft(of, standing(of, now), now), hundredths(of, now)];
  assert.deepEqual(said(learnedSession("a", 372)), [`renews itself · until about ${at(372)} (learned)`, "6 h 12 min", 51]);
  assert.deepEqual(said(learnedSession("a", 12)), [`ends about ${at(12)} (learned)`, "12 min", 1]);
  assert.deepEqual(said(learnedSession("a", 12), NOW + 12 * MINUTE), ["may end at any moment", "", 0]);
  assert.deepEqual(said(learnedSession("a", -4)), ["may end at any moment", "", 0]);
  const over = learnedSession("a", -31, { state: "expired", refreshable: false });
  assert.deepEqual(said(over), ["ended 31 min ago", "", 0]);
  const heard = (minutes, now) => changes(seen(page({ sessions: [learnedSession("a", 90)] }), NOW), page({ sessions: [learnedSession("a", minutes)] }), now);
  assert.equal(heard(12, NOW), "a ends in about 12 min");
  assert.equal(heard(-4, NOW), "a may end at any moment");
});

test("what Relight renews only when asked does not say that it renews itself", () => {
  const said = (of) => line(of, standing(of, NOW), NOW, true);
  const at = (minutes) => clock(NOW + minutes * MINUTE, NOW);
  assert.equal(said(session("a")), `renewed when you ask · token until ${at(47)}`);
  assert.equal(said(learnedSession("a", 372)), `renewed when you ask · token until ${at(47)}`);
  assert.equal(said(loginSession("user/me", 343)), `renewed when you ask · keys until ${at(9)}`);
  assert.equal(said(session("a", { state: "stale", expires_at: inMinutes(-8) })), "renews at the next use, or when you ask");
  assert.match(said(session("a", { refreshable: false, expires_at: inMinutes(30) })), /^ends at /);
});

test("the ring never shows more than is left", () => {
  assert.equal(hundredths(session("a", {}), NOW), 100);
  assert.equal(hundredths(session("a", { person_needed_at: inMinutes(1), length: 120 }), NOW), 50);
  assert.equal(hundredths(session("a", { person_needed_at: inMinutes(-1), length: 120 }), NOW), 0);
});

test("profiles in words", () => {
  assert.equal(account("111122223333"), "1111 2222 3333");
  assert.equal(kind(profile("a", null, null, null, { access_key: "AKIA…7QXM" })), "long-term key AKIA…7QXM");
  assert.equal(kind(profile("a", null, null, null, { kind: "assume-role", source_profile: "base" })), "assumes a role from base");
  assert.equal(ending(profile("a", null, null, null, { state: "endless" }), NOW), "no end");
  assert.equal(ending(profile("a", null, null, null, { expires_at: inMinutes(-61) }), NOW), "ended 1 h ago");
  assert.equal(ending(profile("a", null, null, null, { state: "unknown" }), NOW), "end not known");
});

test("the line for a shell survives any name", () => {
  assert.equal(exportLine("posix", "dev"), "export AWS_PROFILE='dev'");
  assert.equal(exportLine("posix", "it's $HOME"), `export AWS_PROFILE='it'\\''s $HOME'`);
  assert.equal(exportLine("fish", "dev"), "set -gx AWS_PROFILE dev");
  assert.equal(exportLine("fish", "it's \\"), `set -gx AWS_PROFILE 'it\\'s \\\\'`);
  assert.equal(exportLine("powershell", "it's"), "$Env:AWS_PROFILE = 'it''s'");
  assert.equal(exportLine("cmd", "my dev"), 'set "AWS_PROFILE=my dev"');
});

test("a command in a menu goes without its options", () => {
  const cases = [
    ["saml2aws login --profile prod", "saml2aws login…"],
    ["aws-vault export --format=ini prod", "aws-vault export…"],
    ["aws login", "aws login"],
    ["awsume", "awsume"],
  ];
  for (const [command, words] of cases) assert.equal(commandWords(command), words);
});

test("settings: what a change makes of them", () => {
  const { settings } = page({}, { pinned: ["a"], browsers: { s: "firefox" } });
  assert.deepEqual(applied(settings, { key: "pinned", value: { name: "b", on: true } }).pinned, ["a", "b"]);
  assert.deepEqual(applied(settings, { key: "pinned", value: { name: "a", on: false } }).pinned, []);
  assert.deepEqual(applied(settings, { key: "browser", value: { session: "s", command: null } }).browsers, {});
  assert.deepEqual(withWarning([15, 5], "30"), [30, 15, 5]);
  for (const typed of ["", "0", "1441", "2.5", "x", "5"]) assert.equal(typeof withWarning([15, 5], typed), "string");
});

test("cards: what wants a person first, the rest folded", () => {
  const names = (cards) => cards.map(({ session }) => session.name);
  assert.deepEqual(names(arrange(pages.main, NOW).cards), ["sandbox", "data-eu", "platform", "corp"]);
  assert.deepEqual(names(arrange(pages.main, NOW).rest).sort(), ["agency-2025", "lab"]);
  const order = ["sandbox", "data-eu", "platform", "broken", "signed-out", "stale", "stale-failed", "corp", "legacy", "renewing", "endless", "unknown"];
  assert.deepEqual(names(arrange(pages.states, NOW).cards), order);
  const pinned = { ...pages.calm, settings: { ...pages.calm.settings, pinned: ["sso-session:platform"] } };
  assert.deepEqual(names(arrange(pinned, NOW).cards), ["platform", "corp"]);
});

test("one broken line is told once, and not in every card", () => {
  const told = problem();
  const view = { sessions: [session("corp")], profiles: [profile("a", "corp", null, null, { problems: [told] }), profile("b", null, null, null, { problems: [told] })], problems: [told] };
  const layout = arrange(page(view), NOW);
  assert.equal(layout.problems.length, 1);
  assert.equal(layout.cards[0].problems.length, 0);
  assert.equal(arrange(page({ ...view, problems: [] }), NOW).cards[0].problems.length, 1);
});

test("signing in again hides nothing of a session that still lives, and its card stays where it is", () => {
  const again = session("platform", { state: "expiring", expires_at: inMinutes(12), login: login() });
  assert.deepEqual([standing(again, NOW), beneath(again, NOW), lives(again, NOW)], ["signing-in", "expiring", true]);
  assert.deepEqual([beneath(again, NOW + 12 * MINUTE), lives(again, NOW + 12 * MINUTE)], ["expired", false]);
  const names = (of) => arrange(of, NOW).cards.map((card) => card.session.name);
  assert.deepEqual(names(pages.again()), names(pages.quiet));
});

test("a role that ends with its session does not end before the session is said to", () => {
  const of = (rest) => profile("a", "corp", null, null, { kind: "assume-role", expires_at: inMinutes(-1), ...rest });
  assert.equal(stateOf(of({ expires_basis: "source-profile" }), NOW), "valid");
  assert.equal(stateOf(of({ expires_basis: "role-cache" }), NOW), "expired");
});

test("the pages of these tests are such as the core makes", () => {
  for (const { view } of Object.values(pages).flatMap((page) => (page.view ? page : Object.values(page)))) {
    for (const { name, kind, state, start_url, region, can_sign_in, renew, refreshable, expires_at, ends_at, ends_basis, person_needed_at, length } of view.sessions) {
      if (kind === "login") {
        assert.deepEqual([person_needed_at, ends_basis, start_url], [ends_at, ends_at ? "exact" : "unknown", ""], name);
        // Without a region nobody can be signed in, and the terminal asks for it.
        assert.deepEqual([can_sign_in, renew !== null, state === "broken"], region === "" ? [false, true, true] : [true, false, false], name);
        continue;
      }
      assert.deepEqual([can_sign_in, renew], [true, null], name);
      const legacy = kind === "sso-legacy";
      assert.ok(legacy || kind === "sso-session", name);
      if (ends_basis === "learned") {
        assert.ok(!legacy && ends_at !== null && (refreshable || state === "expired"), name);
        assert.equal(person_needed_at, ends_at, name);
        continue;
      }
      assert.deepEqual([ends_at, ends_basis], legacy ? [expires_at, "exact"] : [null, "unknown"], name);
      assert.equal(person_needed_at, refreshable ? null : expires_at, name);
      assert.ok(!(legacy && refreshable) && !(length !== null && person_needed_at === null), name);
    }
  }
});
