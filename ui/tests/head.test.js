// The words of the head and the foot: never more than is known, and the same as the tray's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { headline, nextWords } from "../src/headline.ts";
import { clock } from "../src/time.ts";
import * as pages from "./pages/index.ts";
import { NOW, inMinutes, learnedSession, login, loginProfile, loginSession, page, problem, profile, session } from "./pages/make.ts";

process.env.TZ = "UTC";
const said = (page, now = NOW) => headline(page, now);
const live = (name, minutes, rest) => session(name, { refreshable: false, expires_at: inMinutes(minutes), ...rest });
const other = (name, state, rest) => profile(name, null, null, null, { kind: "temporary", expires_basis: "file-key", state, ...rest });
const role = (name, of, state, rest) => profile(name, of, null, null, { kind: "assume-role", source_profile: "base", state, ...rest });

test("the head says how things stand", () => {
  assert.deepEqual(said(pages.main), { shape: "signing-in", title: "Signing in to sandbox", line: "2 of 4 sessions signed in" });
  assert.equal(said(pages.quiet).title, "data-eu has ended");
  assert.equal(said(pages.morning).title, "3 sessions have ended");
  assert.equal(said(pages.calm).title, "Signed in to 2 sessions");
  assert.equal(said(pages.empty).title, "No AWS profiles found");
  assert.equal(said(pages.unreadable).title, "Config cannot be read");
  const lone = page({ sessions: [live("platform", 14.5, { state: "expiring" })] });
  assert.deepEqual([said(lone).shape, said(lone).title], ["ends-soon", "platform ends in 14 min"]);
  assert.equal(said(page({ sessions: [session("lab", { state: "signed-out", attention: false })] })).title, "Not signed in");
  assert.match(nextWords(pages.main, NOW), /^Next: platform at /);
  assert.equal(nextWords(pages.morning, NOW), "");
});

test("an end that nobody knows is not claimed", () => {
  const line = (...sessions) => said(page({ sessions })).line;
  assert.match(line(live("a", 372), live("b", 400)), /^nothing needs you until /);
  assert.match(line(live("a", 372), session("b")), /^next known end at /);
  assert.match(line(live("a", 372), session("b", { attention: false })), /^next known end at /);
  assert.match(line(live("a", 24 * 60), session("b")), /^next known end on Thu /);
  assert.equal(line(session("a"), session("b")), "2 of 2 sessions signed in");
  assert.equal(line(session("a"), session("b", { state: "stale", expires_at: inMinutes(-5) })), "2 of 2 sessions signed in");
});

test("an end that was learned is about then, and past it the session may end at any moment", () => {
  const of = (...sessions) => page({ sessions });
  const titled = (...sessions) => [said(of(...sessions)).shape, said(of(...sessions)).title];
  const at = (minutes) => clock(NOW + minutes * 60_000, NOW);
  assert.deepEqual(titled(learnedSession("corp", 12)), ["ends-soon", "corp ends in about 12 min"]);
  assert.deepEqual(titled(learnedSession("corp", 0.5)), ["ends-soon", "corp ends in under 1 min"]);
  assert.deepEqual(titled(learnedSession("corp", -4), live("b", 9, { state: "expiring" })), ["ends-soon", "corp may end at any moment"]);
  assert.equal(said(of(learnedSession("corp", 372))).line, `nothing needs you until about ${at(372)}`);
  assert.equal(said(of(learnedSession("corp", 372), live("b", 300))).line, `nothing needs you until ${at(300)}`);
  assert.equal(said(of(learnedSession("corp", 372), session("b"))).line, `next known end about ${at(372)}`);
  assert.equal(said(of(learnedSession("corp", -4, { state: "stale" }), live("b", 300))).line, `next known end at ${at(300)}`);
  assert.equal(nextWords(of(learnedSession("corp", 12)), NOW), `Next: corp about ${at(12)}`);
  assert.equal(nextWords(of(learnedSession("corp", -4)), NOW), "");
  assert.equal(said(pages.learned).title, "over has ended");
});

test("what is not renewed now, and why", () => {
  const titled = (...names) => said(page({ sessions: pages.held.view.sessions.filter(({ name }) => names.includes(name)) }));
  assert.equal(titled("away-stale", "away").title, "Offline: away-stale is renewed later");
  assert.equal(titled("away").title, "Signed in to away");
  assert.equal(titled("revoked").title, "revoked renews at the next use");
  assert.deepEqual([titled("revoked-over").shape, titled("revoked-over").title], ["ended", "revoked-over has ended"]);
  assert.equal(titled("by-hand-stale").title, "by-hand-stale renews at the next use");
});

test("a sign-in under way hides nothing of what still lives", () => {
  assert.equal(said(pages.again()).line, said(pages.quiet).line);
  assert.equal(said(pages.again()).title, "Signing in to 2 sessions");
  assert.equal(nextWords(pages.again(), NOW), nextWords(pages.quiet, NOW));
});

test("the worst comes first, in the tray's order", () => {
  const all = [
    [live("e", -5, { state: "expired" }), "ended", "e has ended"],
    [live("s", 5, { state: "expiring" }), "ends-soon", "s ends in 5 min"],
    [session("b", { state: "broken" }), "ended", "b cannot be used"],
    [session("f", { state: "stale", problems: [problem({ code: "refresh-failed" })] }), "no-data", "f could not be renewed yet"],
    [session("r", { state: "stale" }), "signed-in", "r renews at the next use"],
    [session("v"), "signed-in", "Signed in to v"],
  ];
  for (const [i, [, shape, title]] of all.entries()) {
    // A failed renewal beside others is told alone.
    const { shape: has, title: says } = said(page({ sessions: all.slice(i).map(([session]) => session) }));
    assert.deepEqual([has, says], [shape, title]);
  }
  const unknown = page({ sessions: [session("u", { state: "unknown" }), session("v")] });
  assert.deepEqual([said(unknown).shape, said(unknown).title], ["no-data", "Signed in to v"]);
});

test("other credentials count as in the tray: those with attention that are no Identity Center profile", () => {
  const corp = session("corp");
  const with_ = (...profiles) => {
    const { shape, title } = said(page({ sessions: [corp], profiles }));
    return [shape, title];
  };
  assert.deepEqual(with_(other("key", "expired")), ["ended", "key has ended"]);
  assert.deepEqual(with_(other("key", "expiring", { expires_at: inMinutes(9) })), ["ends-soon", "key ends in 9 min"]);
  assert.deepEqual(with_(role("mfa", "corp", "expired", { expires_basis: "role-cache" })), ["ended", "mfa has ended"]);
  assert.deepEqual(with_(role("mfa", "corp", "expiring", { expires_basis: "role-cache", expires_at: inMinutes(9) })), ["ends-soon", "mfa ends in 9 min"]);
  assert.deepEqual(with_(other("key", "expired", { attention: false })), ["signed-in", "Signed in to corp"]);
  assert.deepEqual(with_(profile("dev", "corp", null, null, { state: "expired" })), ["signed-in", "Signed in to corp"]);
  assert.match(nextWords(page({ sessions: [corp], profiles: [other("key", "valid", { expires_at: inMinutes(38) })] }), NOW), /^Next: key at /);
  assert.equal(nextWords(page({ sessions: [corp], profiles: [role("r", "corp", "valid", { expires_at: corp.expires_at, expires_basis: "source-profile" })] }), NOW), "No known end ahead");
});

test("a role that ends with its session is no second end", () => {
  const ended = live("corp", -5, { state: "expired" });
  const soon = live("corp", 5, { state: "expiring" });
  const r = (state, at) => role("r", "corp", state, { expires_at: at, expires_basis: "source-profile" });
  assert.equal(said(page({ sessions: [ended], profiles: [r("expired", ended.expires_at)] })).title, "corp has ended");
  assert.equal(said(page({ sessions: [soon], profiles: [r("expiring", soon.expires_at)] })).title, "corp ends in 5 min");
  const both = page({ sessions: [ended], profiles: [r("expired", ended.expires_at), other("key", "expired")] });
  assert.equal(said(both).title, "2 credentials have ended");
});

test("what ends with a console sign-in is no second end, and a program's end is none", () => {
  const titled = (user, minutesAgo, rest) => {
    const of = loginSession(user, minutesAgo, rest);
    return said(page({ sessions: [of], profiles: [loginProfile("dev", of)] }));
  };
  assert.equal(titled("user/me", 725).title, "111122223333:user/me has ended");
  assert.equal(titled("user/me", 711).title, "111122223333:user/me ends in 9 min");
  assert.deepEqual(titled("user/me", 343), { shape: "signed-in", title: "Signed in to 111122223333:user/me", line: `nothing needs you until ${clock(NOW + 377 * 60_000, NOW)}` });
  assert.equal(titled("user/me", 343, { state: "stale" }).title, "111122223333:user/me renews at the next use");
  const vault = profile("vault", null, null, null, { kind: "credential-process", expires_basis: "process", expires_at: inMinutes(20) });
  const alone = page({ profiles: [vault] });
  assert.equal(said(alone).title, "vault is valid");
  assert.equal(nextWords(alone, NOW), "No known end ahead");
  assert.equal(said(alone, NOW + 21 * 60_000).shape, "no-data");
});

test("ends that credentials tell themselves count", () => {
  for (const expires_basis of ["file-key", "jwt", "bedrock-key"]) {
    const key = (minutes) => page({ profiles: [profile("key", null, null, null, { expires_basis, expires_at: inMinutes(minutes) })] });
    assert.equal(said(key(-1)).title, "key has ended");
    assert.equal(said(key(20)).title, "key is valid");
    assert.equal(nextWords(key(20), NOW), `Next: key at ${clock(NOW + 20 * 60_000, NOW)}`);
  }
});

test("credentials without any session", () => {
  const lab = session("lab", { state: "signed-out", attention: false });
  const one = page({ sessions: [lab], profiles: [other("key", "valid", { expires_at: inMinutes(38) })] });
  assert.deepEqual(said(one), { shape: "signed-in", title: "key is valid", line: "1 session" });
  const none = page({ profiles: [other("key", "endless", { attention: false })] });
  assert.deepEqual(said(none), { shape: "no-data", title: "No sessions to sign in to", line: "other credentials only" });
  const signing = page({ sessions: [session("lab", { state: "signed-out", attention: false, login: login() })] });
  assert.equal(said(signing).line, "0 of 1 session signed in");
});
