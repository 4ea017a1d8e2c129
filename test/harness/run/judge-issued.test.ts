import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { judgeIssued } from "../../../harness/run/judge-issued.ts";

const WIAOR = "http://schemas.microsoft.com/claims/wiaormultiauthn";
const PASSWORD = "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password";
const STATED = "/wsFedResponse/assertion/authentication/method";
const LISTED = "/wsFedResponse/assertion/attributes/2/values";
const NOW = 1_767_225_600;

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp.stop());

async function judge(channel: string, patch: readonly object[], eam: object = {}) {
  const emission = emissionSchema.parse({ channel, profile: "password-and-otp", patch });
  const asked = {
    subject: "s",
    acrValues: ["possessionorinherence"],
    amrValues: ["otp", "face"],
    state: "s-1",
  };
  const request = { user: "u", audience: "urn:app", nonce: "n", eam: { ...asked, ...eam }, now: NOW };
  const { verdict, findings } = await judgeIssued(await idp.issue(emission, request), idp.trust);
  return [verdict, ...findings.map(({ rule }) => rule)];
}

test.each([
  ["as it is", []],
  ["wiaormultiauthn in both places", [set(STATED, WIAOR), set(LISTED, [WIAOR])]],
  ["only in the statement", [set(LISTED, [PASSWORD])]],
  ["only in the attribute, beside the password", [set(STATED, PASSWORD)]],
  ["a SAML 2.0 token, which says it in the class", [set("/wsFedResponse/assertion/version", "2.0")]],
])("WS-Federation, MFA where and as Entra reads it: %s", async (_what, patch) => {
  expect(await judge("wsfed", patch)).toEqual(["compliant"]);
});

test("WS-Federation, multipleauthn nowhere", async () => {
  const patch = [set(STATED, PASSWORD), set(LISTED, [PASSWORD])];
  expect(await judge("wsfed", patch)).toEqual(["non-compliant", "wsfed.mfa.absent"]);
});

test.each([
  ["as asked after a password", {}],
  ["inherence alone", { acrValues: ["inherence"] }],
  ["one of two classes", { acrValues: ["inherence", "possession"] }],
  ["a state that is empty", { state: "" }],
])("EAM, what the provider chooses by itself: %s", async (_what, eam) => {
  expect(await judge("eam", [], eam)).toEqual(["compliant"]);
});

test.each([
  ["eam.amr.unrequested", [set("/eamResponse/idToken/claims/amr", ["sms"])], {}],
  [
    "eam.amr.kind-mismatch",
    [set("/eamResponse/idToken/claims/amr", ["face"])],
    { acrValues: ["possession"] },
  ],
  [
    "eam.acr.unrequested",
    [set("/eamResponse/idToken/claims/acr", "inherence")],
    { acrValues: ["possession"], amrValues: ["otp"] },
  ],
])("EAM, a request that only this one breaks: %s", async (rule, patch, eam) => {
  expect(await judge("eam", patch, eam)).toContain(rule);
});

test("EAM, a state that was never sent", async () => {
  const patch = [{ op: "set", path: "/eamResponse/state", value: "s-1" }];
  const emission = emissionSchema.parse({ channel: "eam", profile: "password-and-otp", patch });
  const eam = { subject: "s", acrValues: ["possession"], amrValues: ["otp"] };
  const issued = await idp.issue(emission, { user: "u", audience: "a", nonce: "n", eam, now: NOW });
  const { verdict, findings } = await judgeIssued(issued, idp.trust);
  expect([verdict, ...findings.map(({ rule }) => rule)]).toEqual(["non-compliant", "eam.state.mismatch"]);
});

function set(path: string, value: unknown): object {
  return { op: "set", path, value };
}
