import { expect, test } from "vitest";
import { asksAbout, canAsk } from "../../../harness/scenario/asks.ts";
import { scenarioSchema } from "../../../harness/scenario/schema.ts";

const GOOD = {
  id: "good",
  title: "a title",
  why: "a reason",
  references: ["PSR-036"],
  emission: { channel: "oidc", profile: "password-and-otp" },
  transport: ["protocol"],
  expect: { verdict: "compliant", decision: "accept" },
};

function problemsOf(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const { error } = scenarioSchema.safeParse({ ...GOOD, ...changes });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

const TWO = ["sign-in", "sign-in-silently"];
const AFTER_FIRST =
  "later: it comes after the first step; expected two steps or more, and no direct among the transports";

test.each([
  { changes: { asks: { max_age: 0, prompt: "login" } }, problems: [] },
  { changes: { asks: { claims: { id_token: { acr: { essential: true } } } } }, problems: [] },
  { changes: { asks: { max_age: -1 } }, problems: ["asks.max_age: Too small: expected number to be >=0"] },
  { changes: { asks: { acr: ["a"] } }, problems: ['asks: Unrecognized key: "acr"'] },
  {
    changes: { asks: { forceAuthn: true } },
    problems: [
      "asks: expected what the channel can be asked for: of oidc or of saml, by the names it has for it",
    ],
  },
  {
    changes: { asks: { max_age: 0 }, transport: ["direct", "protocol"] },
    problems: ["asks: nothing is asked for what is handed over; expected no direct among the transports"],
  },
  { changes: { later: { profile: "password-only" }, steps: TWO }, problems: [] },
  { changes: { later: { profile: "password-only" } }, problems: [AFTER_FIRST] },
  {
    changes: { later: {}, steps: TWO, transport: ["direct"] },
    problems: [AFTER_FIRST],
  },
  {
    changes: { later: { patch: [{ op: "remove", path: "/samlResponse/id" }] }, steps: TWO },
    problems: ["later.patch: expected the paths that the channel of the emission has"],
  },
  {
    changes: { later: { channel: "saml" }, steps: TWO },
    problems: ['later: Unrecognized key: "channel"'],
  },
  {
    changes: { steps: ["sign-in-edited"], transport: ["browser"] },
    problems: [
      "transport: a browser leaves out nothing of a request; expected no browser beside the step sign-in-edited",
    ],
  },
])("$changes → $problems", ({ changes, problems }) => {
  expect(problemsOf(changes)).toEqual(problems);
});

test("a member that is not changed later has no value of its own", () => {
  const { later } = scenarioSchema.parse({ ...GOOD, later: { ignore: ["prompt"] }, steps: TWO });
  expect(later).toEqual({ ignore: ["prompt"] });
});

test.each([
  { channel: "saml", asks: { isPassive: true, forceAuthn: true }, can: true },
  { channel: "saml", asks: { nameIdFormat: "f", subject: "s" }, can: true },
  { channel: "saml", asks: { forceAuthn: true, prompt: "login" }, can: false },
  { channel: "oidc", asks: { acr_values: ["a"], prompt: "login" }, can: true },
  { channel: "wsfed", asks: { prompt: "login" }, can: false },
  { channel: "eam", asks: { forceAuthn: true }, can: false },
] as const)("$channel asks for $asks: $can", ({ channel, asks, can }) => {
  expect(canAsk(channel, asks)).toBe(can);
});

test.each([
  { asks: { subject: "{user}" }, about: { subject: "ann@x" } },
  { asks: { subject: "bob@x" }, about: { subject: "bob@x" } },
  { asks: { forceAuthn: true }, about: { forceAuthn: true } },
] as const)("$asks of ann@x → $about", ({ asks, about }) => {
  expect(asksAbout(asks, "ann@x")).toEqual(about);
});
