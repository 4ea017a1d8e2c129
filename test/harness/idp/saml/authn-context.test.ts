import { expect, test } from "vitest";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import { statedContext } from "../../../../harness/idp/saml/authn-context.ts";

const AC = "urn:oasis:names:tc:SAML:2.0:ac:classes:";
const PASSWORD = `${AC}Password`;
const PPT = `${AC}PasswordProtectedTransport`;
const TOKEN = `${AC}TimeSyncToken`;
const MOBILE = `${AC}MobileTwoFactorContract`;
const UNSPECIFIED = `${AC}unspecified`;
const REFEDS = "https://refeds.org/profile/mfa";
const MULTIPLE = "http://schemas.microsoft.com/claims/multipleauthn";

const mfa = emissionSchema.parse({ channel: "saml", profile: "password-and-otp" });
const one = emissionSchema.parse({ channel: "saml", profile: "password-only" });

// SAML core §3.3.2.2.1 for the comparisons; which class is true of which sign-in follows from the class's definition.
test.each([
  { comparison: undefined, classRefs: [PPT], withMfa: PPT, withOne: PPT },
  { comparison: "exact", classRefs: [PASSWORD, REFEDS], withMfa: PASSWORD, withOne: PASSWORD },
  { comparison: "exact", classRefs: [REFEDS, PASSWORD], withMfa: REFEDS, withOne: PASSWORD },
  { comparison: "exact", classRefs: [TOKEN], withMfa: TOKEN, withOne: undefined },
  { comparison: "exact", classRefs: [MOBILE], withMfa: undefined, withOne: undefined },
  { comparison: "exact", classRefs: ["urn:x"], withMfa: undefined, withOne: undefined },
  { comparison: "minimum", classRefs: [PPT], withMfa: MULTIPLE, withOne: PPT },
  { comparison: "minimum", classRefs: [PASSWORD], withMfa: MULTIPLE, withOne: PASSWORD },
  { comparison: "minimum", classRefs: [REFEDS], withMfa: REFEDS, withOne: undefined },
  { comparison: "minimum", classRefs: [MOBILE], withMfa: MULTIPLE, withOne: undefined },
  { comparison: "minimum", classRefs: [REFEDS, PPT], withMfa: REFEDS, withOne: PPT },
  { comparison: "minimum", classRefs: ["urn:x"], withMfa: undefined, withOne: undefined },
  { comparison: "minimum", classRefs: ["urn:x", PPT], withMfa: MULTIPLE, withOne: PPT },
  { comparison: "maximum", classRefs: [PPT], withMfa: PPT, withOne: PPT },
  { comparison: "maximum", classRefs: [REFEDS], withMfa: REFEDS, withOne: PPT },
  { comparison: "maximum", classRefs: [UNSPECIFIED], withMfa: UNSPECIFIED, withOne: UNSPECIFIED },
  { comparison: "better", classRefs: [PPT], withMfa: MULTIPLE, withOne: undefined },
  { comparison: "better", classRefs: [UNSPECIFIED], withMfa: MULTIPLE, withOne: PPT },
  { comparison: "better", classRefs: [REFEDS], withMfa: undefined, withOne: undefined },
  { comparison: "strongest", classRefs: [PPT], withMfa: undefined, withOne: undefined },
  { comparison: "constructor", classRefs: [PPT], withMfa: undefined, withOne: undefined },
])("$comparison $classRefs", ({ comparison, classRefs, withMfa, withOne }) => {
  const stated = [mfa, one].map((emission) =>
    statedContext({ comparison, classRefs, declRefs: [] }, emission),
  );
  expect(stated).toEqual(
    [withMfa, withOne].map((classRef) =>
      classRef === undefined ? { kind: "unsatisfiable" } : { kind: "class", classRef },
    ),
  );
});

const AT = "/samlResponse/assertion";

test.each([
  { patch: [{ op: "set", path: `${AT}/authnStatement/classRef`, value: "urn:x" }], kind: "own" },
  { patch: [{ op: "remove", path: `${AT}/authnStatement` }], kind: "own" },
  { patch: [{ op: "remove", path: AT }], kind: "own" },
  { patch: [{ op: "remove", path: `${AT}/authnStatement/authnInstant` }], kind: "unsatisfiable" },
  { patch: [{ op: "set", path: `${AT}/attributes`, value: [] }], kind: "unsatisfiable" },
  { ignore: ["RequestedAuthnContext"], kind: "own" },
  { ignore: ["ForceAuthn"], kind: "unsatisfiable" },
])("an unknown class, asked of %j", ({ kind, ...changes }) => {
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...changes });
  const asked = { comparison: undefined, classRefs: ["urn:unknown"], declRefs: [] };
  expect(statedContext(asked, emission).kind).toBe(kind);
});

test.each([
  { classRefs: [], declRefs: [], kind: "own" },
  { classRefs: [], declRefs: ["urn:d"], kind: "unsatisfiable" },
  { classRefs: [PPT], declRefs: ["urn:d"], kind: "unsatisfiable" },
])("asked for $classRefs and the declarations $declRefs: $kind", ({ kind, ...asked }) => {
  expect(statedContext({ comparison: "exact", ...asked }, mfa).kind).toBe(kind);
});
