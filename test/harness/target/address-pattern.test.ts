import { describe, expect, test } from "vitest";
import { asksSchema } from "../../../harness/scenario/asks.ts";
import { filledIn } from "../../../harness/target/address-pattern.ts";
import { askedValues, lackingWords } from "../../../harness/target/asked-words.ts";

test.each([
  {
    pattern: "http://a/x?iss={issuer}",
    values: { issuer: "http://b/?c&d" },
    url: "http://a/x?iss=http%3A%2F%2Fb%2F%3Fc%26d",
  },
  { pattern: "{idp}/saml?sp=1", values: { idp: "http://b" }, url: "http://b/saml?sp=1" },
  { pattern: "http://a/{user}", values: { user: "a b@c" }, url: "http://a/a%20b%40c" },
  // An empty parameter says something else than none, e.g. `prompt=`.
  { pattern: "http://a/?to=/&prompt={prompt}&x=1", values: {}, url: "http://a/?to=/&x=1" },
  { pattern: "http://a/?prompt={prompt}", values: {}, url: "http://a/" },
  { pattern: "http://a/?acr=x{prompt}", values: {}, url: "http://a/?acr=x" },
  { pattern: "http://a/?prompt={prompt}", values: { prompt: "" }, url: "http://a/?prompt=" },
  {
    pattern: "http://a/?a={user}&b={user}",
    values: { user: "{idp}$&" },
    url: "http://a/?a=%7Bidp%7D%24%26&b=%7Bidp%7D%24%26",
  },
])("$pattern is $url", ({ pattern, values, url }) => {
  expect(filledIn(pattern, values)).toBe(url);
});

describe("what is asked for", () => {
  const asks = asksSchema.parse({
    acr_values: ["a", "b"],
    claims: { id_token: { acr: { essential: true } } },
    max_age: 0,
    prompt: "login",
  });

  test("each by its name, and all as one value", () => {
    expect(
      filledIn("http://a/?acr_values={acr_values}&max_age={max_age}&p={prompt}", askedValues(asks)),
    ).toBe("http://a/?acr_values=a%20b&max_age=0&p=login");
    const all = new URL(filledIn("http://a/?more={parameters}", askedValues(asks))).searchParams.get("more");
    expect(Object.fromEntries(new URLSearchParams(all ?? ""))).toEqual({
      acr_values: "a b",
      claims: '{"id_token":{"acr":{"essential":true}}}',
      max_age: "0",
      prompt: "login",
    });
  });

  test("in SAML", () => {
    const saml = asksSchema.parse({
      requestedAuthnContext: { classes: ["a", "b"], comparison: "minimum" },
      forceAuthn: true,
      subject: "a@b",
    });
    const pattern =
      "http://a/?c={requestedAuthnContext}&how={comparison}&f={forceAuthn}&p={isPassive}&n={nameIdFormat}&s={subject}&all={parameters}";
    expect(filledIn(pattern, askedValues(saml))).toBe("http://a/?c=a%20b&how=minimum&f=true&s=a%40b");
  });

  test.each([
    { asks: {}, given: [], lacking: [] },
    { asks: { max_age: 0, prompt: "login" }, given: ["prompt"], lacking: ["max_age"] },
    { asks: { max_age: 0, prompt: "login" }, given: ["parameters"], lacking: [] },
    { asks: { forceAuthn: true }, given: ["parameters"], lacking: ["forceAuthn"] },
    { asks: { nameIdFormat: "f", subject: "{user}" }, given: ["subject"], lacking: ["nameIdFormat"] },
    { asks: { requestedAuthnContext: { classes: ["a"] } }, given: ["requestedAuthnContext"], lacking: [] },
    {
      asks: { requestedAuthnContext: { classes: ["a"], comparison: "better" } },
      given: ["requestedAuthnContext"],
      lacking: ["comparison"],
    },
  ])("$asks with $given lacks $lacking", ({ asks: wanted, given, lacking }) => {
    expect(lackingWords(asksSchema.parse(wanted), given)).toEqual(lacking);
  });
});
