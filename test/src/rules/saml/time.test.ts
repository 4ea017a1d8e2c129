import { describe, expect, test } from "vitest";
import { idsOf, type Edit } from "./cases.ts";

type Place = Pick<Edit, "from" | "to">;

function conditions(name: string, time: string): Place {
  return { from: new RegExp(`(<saml:Conditions[^>]*${name}=")[^"]*`), to: `$1${time}` };
}

function window(start: string, end: string): Place {
  return {
    from: /(<saml:Conditions )NotBefore="[^"]*" NotOnOrAfter="[^"]*"/,
    to: `$1NotBefore="${start}" NotOnOrAfter="${end}"`,
  };
}

function instant(time: string): Place {
  return { from: /AuthnInstant="[^"]*/, to: `AuthnInstant="${time}` };
}

function session(time: string): Place {
  return { from: "2026-11-20T20:00:00Z", to: time };
}

function confirmation(time: string): Place {
  return { from: "2026-11-20T12:05:00Z", to: time };
}

function confirmationStart(time: string): Place {
  return { from: "Data NotOnOrAfter", to: `Data NotBefore="${time}" NotOnOrAfter` };
}

describe("when: the end is excluded, the skew is 60 seconds on each side", () => {
  const fresh = { maxAuthAgeSeconds: 600 };
  const EXPIRED = ["saml.time.expired"];
  const EARLY = ["saml.time.not-yet-valid"];
  const AHEAD = ["saml.time.issued-in-future"];
  const NEVER = ["saml.time.never-valid"];
  const MALFORMED = ["saml.time.malformed"];
  test.each<Edit>([
    { name: "conditions end 59 s ago", ...conditions("NotOnOrAfter", "2026-11-20T11:59:01Z"), ids: [] },
    { name: "conditions end 60 s ago", ...conditions("NotOnOrAfter", "2026-11-20T11:59:00Z"), ids: EXPIRED },
    { name: "confirmation ends 59 s ago", ...confirmation("2026-11-20T11:59:01Z"), ids: [] },
    { name: "confirmation ends 60 s ago", ...confirmation("2026-11-20T11:59:00Z"), ids: EXPIRED },
    { name: "session ends 60 s ago", ...session("2026-11-20T11:59:00Z"), ids: EXPIRED },
    { name: "conditions begin in 60 s", ...conditions("NotBefore", "2026-11-20T12:01:00Z"), ids: [] },
    { name: "conditions begin in 61 s", ...conditions("NotBefore", "2026-11-20T12:01:01Z"), ids: EARLY },
    { name: "confirmation begins in 61 s", ...confirmationStart("2026-11-20T12:01:01Z"), ids: EARLY },
    {
      name: "conditions end as they begin",
      ...window("2026-11-20T12:00:30Z", "2026-11-20T12:00:30Z"),
      ids: NEVER,
    },
    {
      name: "conditions end before they begin",
      ...window("2026-11-20T12:00:30Z", "2026-11-20T11:59:30Z"),
      ids: NEVER,
    },
    {
      name: "conditions end a second after",
      ...window("2026-11-20T12:00:29Z", "2026-11-20T12:00:30Z"),
      ids: [],
    },
    {
      name: "a confirmation ends before it begins",
      from: 'Data NotOnOrAfter="2026-11-20T12:05:00Z"',
      to: 'Data NotBefore="2026-11-20T12:00:30Z" NotOnOrAfter="2026-11-20T12:00:00Z"',
      ids: NEVER,
    },
    {
      name: "a session ends before the sign-in",
      from: 'AuthnInstant="2026-11-20T11:59:00Z" SessionNotOnOrAfter="2026-11-20T20:00:00Z"',
      to: 'AuthnInstant="2026-11-20T12:00:30Z" SessionNotOnOrAfter="2026-11-20T12:00:00Z"',
      ids: NEVER,
    },
    { name: "offset instead of Z", ...conditions("NotBefore", "2026-11-20T11:55:00+00:00"), ids: MALFORMED },
    { name: "no such day", ...conditions("NotBefore", "2026-02-30T00:00:00Z"), ids: MALFORMED },
    { name: "session end unreadable", ...session("never"), ids: MALFORMED },
    { name: "confirmation end unreadable", ...confirmation("2099"), ids: MALFORMED },
    { name: "AuthnInstant unreadable", ...instant("soon"), ids: MALFORMED },
    { name: "no AuthnInstant", from: / AuthnInstant="[^"]*"/, to: "", ids: MALFORMED },
    {
      name: "no IssueInstant",
      from: /(_assertion-1" Version="2.0") IssueInstant="[^"]*"/,
      to: "$1",
      ids: MALFORMED,
    },
    {
      name: "IssueInstant of the response unreadable",
      from: /IssueInstant="[^"]*"/,
      to: 'IssueInstant="x"',
      ids: MALFORMED,
    },
    {
      name: "assertion issued in 60 s",
      from: /(_assertion-1" Version="2.0" IssueInstant=")[^"]*/,
      to: "$12026-11-20T12:01:00Z",
      ids: [],
    },
    {
      name: "assertion issued in 61 s",
      from: /(_assertion-1" Version="2.0" IssueInstant=")[^"]*/,
      to: "$12026-11-20T12:01:01Z",
      ids: AHEAD,
    },
    {
      name: "response issued in 61 s",
      from: /IssueInstant="[^"]*"/,
      to: 'IssueInstant="2026-11-20T12:01:01Z"',
      ids: AHEAD,
    },
    { name: "fractions and 24:00", ...conditions("NotOnOrAfter", "2026-11-20T24:00:00.000Z"), ids: [] },
    { name: "signed in 60 s ahead", ...instant("2026-11-20T12:01:00Z"), ids: [] },
    { name: "signed in 61 s ahead", ...instant("2026-11-20T12:01:01Z"), ids: ["saml.authn-instant.future"] },
    { name: "signed in 660 s ago", ...instant("2026-11-20T11:49:00Z"), changes: fresh, ids: [] },
    {
      name: "signed in 661 s ago",
      ...instant("2026-11-20T11:48:59Z"),
      changes: fresh,
      ids: ["saml.authn-instant.stale"],
    },
    { name: "any age when the policy sets none", ...instant("2020-01-01T00:00:00Z"), ids: [] },
  ])("$name → $ids", async (each) => {
    expect(await idsOf(each)).toEqual(each.ids);
  });
});
