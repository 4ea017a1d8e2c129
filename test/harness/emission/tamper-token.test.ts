import { expect, test } from "vitest";
import type { Tamper } from "../../../harness/emission/tamper-schema.ts";
import { tamperToken } from "../../../harness/emission/tamper-token.ts";
import { HarnessError } from "../../../harness/errors.ts";

const encode = (text: string): string => Buffer.from(text).toString("base64url");
const HEADER = encode('{"alg":"RS256","kid":"k"}');
const PAYLOAD = encode('{"amr":["pwd"],"sub":"pwd"}');
const SIGNED = `${HEADER}.${PAYLOAD}.${Buffer.from([0b1000, 7, 9]).toString("base64url")}`;

test.each<{ tampers: Tamper[]; to: string }>([
  { tampers: [], to: SIGNED },
  {
    tampers: [{ op: "flip-signature" }],
    to: `${HEADER}.${PAYLOAD}.${Buffer.from([0b1001, 7, 9]).toString("base64url")}`,
  },
  {
    tampers: [{ op: "strip-signature" }],
    to: `${encode('{"alg":"none","kid":"k"}')}.${PAYLOAD}.`,
  },
  {
    tampers: [{ op: "replace-text", find: "pwd", replace: "$&mfa" }],
    to: SIGNED.replace(PAYLOAD, encode('{"amr":["$&mfa"],"sub":"$&mfa"}')),
  },
  {
    tampers: [{ op: "replace-text", find: '["pwd"]', replace: '["mfa"]' }, { op: "strip-signature" }],
    to: `${encode('{"alg":"none","kid":"k"}')}.${encode('{"amr":["mfa"],"sub":"pwd"}')}.`,
  },
])("$tampers", ({ tampers, to }) => {
  expect(tamperToken(SIGNED, tampers)).toBe(to);
});

test.each<{ tampers: Tamper[]; says: string }>([
  { tampers: [{ op: "replace-text", find: "otp", replace: "" }], says: 'does not contain "otp"' },
  { tampers: [{ op: "strip-signature" }, { op: "flip-signature" }], says: "no signature left" },
])("$tampers would change nothing, so it is refused", ({ tampers, says }) => {
  expect(() => tamperToken(SIGNED, tampers)).toThrow(says);
  expect(() => tamperToken(SIGNED, tampers)).toThrow(HarnessError);
});
