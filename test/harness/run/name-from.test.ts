import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema, type EmissionInput } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { isNameOfSignedPart } from "../../../harness/run/name-from.ts";
import type { Observation } from "../../../harness/target/observation.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => {
  await idp[Symbol.asyncDispose]();
});

const USER = "agent@partner.example";
const ASSERTION_SIGNED = { op: "set", path: "/samlResponse/signature/of", value: ["assertion"] } as const;
const XSW3: EmissionInput = {
  channel: "saml",
  profile: "password-and-otp",
  patch: [ASSERTION_SIGNED],
  tamper: [{ op: "wrap", form: "xsw3" }],
};
const TAKEN = { decision: "accept", as: "marker" } as const;

interface Row {
  readonly name: string;
  readonly emission: EmissionInput;
  readonly seen?: Pick<Observation, "decision" | "as">;
  readonly isSeen: boolean;
}

test.each<Row>([
  { name: "a wrapped message, the session of the signed one", emission: XSW3, isSeen: true },
  {
    name: "the session of the forged one",
    emission: XSW3,
    seen: { decision: "accept", as: "forged" },
    isSeen: false,
  },
  {
    name: "a session of which nobody knows whose it is",
    emission: XSW3,
    seen: { decision: "accept" },
    isSeen: false,
  },
  { name: "a rejection", emission: XSW3, seen: { decision: "refuse", as: "marker" }, isSeen: false },
  {
    name: "both parts name one person, so that the forged word of MFA may have counted",
    emission: {
      ...XSW3,
      tamper: [
        { op: "wrap", form: "xsw3" },
        { op: "replace-text", find: "admin@victim.example", replace: USER },
      ],
    },
    isSeen: false,
  },
  { name: "a signature of a stranger's", emission: { ...XSW3, key: "stranger" }, isSeen: false },
  {
    name: "a signed part that was changed",
    emission: {
      ...XSW3,
      tamper: [
        { op: "replace-text", find: "urn:oasis:names:tc:SAML:2.0:cm:bearer", replace: "urn:changed" },
        { op: "wrap", form: "xsw3" },
      ],
    },
    isSeen: false,
  },
  {
    name: "two elements of one ID",
    emission: { ...XSW3, tamper: [{ op: "wrap", form: "same-id" }] },
    isSeen: false,
  },
  {
    name: "a good message",
    emission: { channel: "saml", profile: "password-and-otp" },
    isSeen: false,
  },
  {
    name: "a token, which has no parts",
    emission: { channel: "oidc", profile: "password-and-otp", key: "stranger" },
    isSeen: false,
  },
])("$name: $isSeen", async ({ emission, seen = TAKEN, isSeen }) => {
  const issued = await idp.issue(emissionSchema.parse(emission), {
    user: USER,
    audience: "https://app.example/metadata",
    assertionConsumerService: "https://app.example/acs",
  });
  expect(await isNameOfSignedPart(seen, issued, idp.trust.samlCertificate)).toBe(isSeen);
});
