import { expect, test } from "vitest";
import { findArtifacts } from "../../../src/index.ts";

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

const header = { alg: "RS256", kid: "k" };
const claims = { iss: "https://idp.example", sub: "kim", aud: "app", exp: 2, iat: 1, nonce: "n" };
const token = `${part(header)}.${part(claims)}.${"A".repeat(86)}`;
const decoded = { header, claims };

test.each([
  {
    what: "XML of a tool that has it in an element",
    text: `<items><item><reply>${token}</reply></item></items>`,
    found: token,
  },
  { what: "the same in CDATA", text: `<items><reply><![CDATA[${token}]]></reply></items>`, found: token },
  { what: "a decoded token", text: JSON.stringify({ header, payload: claims }), found: decoded },
  {
    what: "one among other members",
    text: JSON.stringify({ id: 1, token: { header, claims } }),
    found: decoded,
  },
  { what: "a payload alone", text: JSON.stringify(claims), found: { header: {}, claims } },
])("$what is found", ({ text, found }) => {
  expect(findArtifacts(text).map(({ kind, artifact }) => ({ kind, artifact }))).toEqual([
    { kind: "id-token", artifact: found },
  ]);
});
