import { expect, test } from "vitest";
import { assertStrictToken } from "../../../../harness/partner/relying-party/strict-token.ts";

const encode = (text: string | Uint8Array): string => Buffer.from(text).toString("base64url");

function token(header: string | Uint8Array, claims: string | Uint8Array, signature = "c2ln"): string {
  return `${encode(header)}.${encode(claims)}.${signature}`;
}

test.each([
  { jwt: token("{}", "{}") },
  { jwt: token('{"typ":"JWT"}', '{"exp":1.5,"sub":"a"}') },
  { jwt: token('{"typ":"application/jwt"}', '{"a":{"b":1},"b":[{"b":1},{"b":2}]}') },
])("$jwt is taken", ({ jwt }) => {
  expect(() => assertStrictToken(jwt, ["jwt"])).not.toThrow();
});

test.each([
  { jwt: "e30.e30", says: "no compact JWS" },
  { jwt: `${token("{}", "{}")}.e30`, says: "no compact JWS" },
  { jwt: token("{}", "{}", "c2ln="), says: "not base64url" },
  { jwt: token("{}", "{}", "c2\nln"), says: "not base64url" },
  { jwt: token("{}", "{}", "c+/n"), says: "not base64url" },
  { jwt: token("{}", "{}", "YQ".replace("Q", "R")), says: "not base64url" },
  { jwt: token("{}", "[]").replace(encode("[]"), encode("7")), says: "no object" },
  { jwt: token("{}", '{"a":1,"a":2}'), says: "twice" },
  { jwt: token('{"alg":1,"\\u0061lg":2}', "{}"), says: "twice" },
  { jwt: token("{}", "\ufeff{}"), says: "JSON" },
  { jwt: token("{}", Buffer.from([0x7b, 0xff, 0x7d])), says: "not valid" },
  { jwt: token('{"typ":"at+jwt"}', "{}"), says: "another type" },
  { jwt: token('{"typ":7}', "{}"), says: "another type" },
  { jwt: token('{"cty":"JWT"}', "{}"), says: "another token" },
  { jwt: token("{}", '{"events":{}}'), says: "an event" },
  { jwt: token("{}", '{"exp":1e400}'), says: "no time" },
  { jwt: token("{}", '{"exp":"1"}'), says: "no time" },
  { jwt: token("{}", '{"sub":""}'), says: "empty" },
])("$jwt is refused: $says", ({ jwt, says }) => {
  expect(() => assertStrictToken(jwt, ["jwt"])).toThrow(says);
});
