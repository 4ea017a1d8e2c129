import { readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configJsonSchemaText } from "../../../harness/cli/config/config-json-schema.ts";
import { configSchema } from "../../../harness/cli/config/config-schema.ts";
import { REFERENCE_TARGETS } from "../../../harness/run/reference/facts.ts";
import { parseYaml, problemLine } from "../../../harness/scenario/yaml-file.ts";
import { targetsSchema } from "../../../harness/target/definition/targets.ts";
import { reachOf } from "../../../harness/target/open-targets.ts";

const GOOD = `targets:
  ours: { kind: library }
  jose: { kind: library, adapter: jose }
  own: { kind: library, adapter: ./own.ts, channels: [saml] }
  tool: { kind: command, channels: [saml], run: [check, --saml], artifact: file }
  api: { kind: api, url: "http://127.0.0.1:1/me" }
  portal:
    kind: app
    channels: [oidc]
    start: http://localhost:3000/portal
    signedIn: { selector: "#user" }
`;

test("a few lines each are enough", () => {
  expect(parseYaml("c.yaml", GOOD, configSchema)).toMatchObject({
    value: { targets: { tool: { timeoutSeconds: 10 } } },
  });
});

const APP = "kind: app, channels: [oidc], start: http://127.0.0.1:3000/portal";

const WHO = "signedIn: { selector: b }";

describe("what is wrong is told with its place", () => {
  test.each([
    { line: "a: { kind: browser }", says: /c\.yaml:2:14 targets\.a\.kind: / },
    { line: "A: { kind: library }", says: /targets\.A: expected a name in kebab-case/ },
    { line: "library: { kind: library }", says: /targets\.library: expected another name/ },
    {
      line: "a: { kind: library, adapter: josé }",
      says: /c\.yaml:2:32 targets\.a\.adapter: expected jose, .* \(found "josé"\)/,
    },
    { line: "a: { kind: library, adapter: ./x.ts }", says: /targets\.a\.adapter: expected channels beside/ },
    { line: "a: { kind: command, channels: [oidc], run: [] }", says: /targets\.a\.run: / },
    {
      line: `a: { kind: command, channels: [oidc], run: [x], output: { accept: "(" } }`,
      says: /expected a regular expression/,
    },
    {
      line: `a: { kind: command, channels: [oidc], run: [x], json: { pointer: x } }`,
      says: /expected a JSON Pointer/,
    },
    { line: "a: { kind: command, chanels: [oidc], run: [x] }", says: /c\.yaml:2:23 targets\.a\.chanels: / },
    {
      line: "a: { kind: api, url: https://api.example/me }",
      says: /targets\.a\.url: api\.example is not this machine; expected consent: true/,
    },
    {
      line: `a: { ${APP}, signedIn: {} }`,
      says: /targets\.a\.signedIn: expected one of selector, json, regex/,
    },
    {
      line: `a: { ${APP}, signedIn: { selector: b, regex: c } }`,
      says: /expected one of selector, json, regex/,
    },
    {
      line: `a: { ${APP}, signedIn: { selector: b }, granted: {} }`,
      says: /expected one of selector, text, regex/,
    },
    {
      line: `a: { ${APP}, signedIn: { selector: b, url: "https://app.example/me" } }`,
      says: /targets\.a\.signedIn\.url: app\.example is not this machine/,
    },
    {
      line: `a: { ${APP}, ${WHO}, addresses: { initiate: "http://127.0.0.1/?iss={isuer}" } }`,
      says: /targets\.a\.addresses\.initiate: \{isuer\} stands for nothing; expected \{issuer\} or /,
    },
    {
      line: `a: { ${APP}, ${WHO}, addresses: { initiate: "http://127.0.0.1/" } }`,
      says: /addresses\.initiate: expected \{issuer\} or \{idp\} in it/,
    },
    {
      line: `a: { ${APP}, ${WHO}, addresses: { ask: "{idp}/x?p={prompt}" } }`,
      says: /addresses\.ask: expected an http or https address \(/,
    },
    {
      line: `a: { ${APP}, ${WHO}, addresses: { idpInitiated: "{idp}x" } }`,
      says: /addresses\.idpInitiated: expected an http or https address, or \{idp\}\/ and a path/,
    },
    {
      line: `a: { ${APP}, ${WHO}, addresses: { step-up: "https://app.example/verify" } }`,
      says: /targets\.a\.addresses\.step-up: app\.example is not this machine/,
    },
    {
      line: `a: { ${APP}, ${WHO}, addresses: { ask: "https://app.example/?p={prompt}" } }`,
      says: /targets\.a\.addresses\.ask: app\.example is not this machine/,
    },
    { line: `a: { ${APP}, ${WHO}, flow: token }`, says: /targets\.a\.flow: / },
    { line: `a: { ${APP}, signedIn: { selector: b }, consent: false }`, says: /targets\.a\.consent: / },
  ])("$line", ({ line, says }) => {
    const result = parseYaml("c.yaml", `targets:\n  ${line}\n`, configSchema);
    expect("problems" in result ? result.problems.map(problemLine).join("\n") : "nothing").toMatch(says);
  });
});

test("every name that comes along is taken", () => {
  for (const { name } of REFERENCE_TARGETS) {
    expect(targetsSchema.safeParse({ [name]: { kind: "library" } }).success).toBe(false);
  }
});

test("with consent requests may go to the very hosts that are named, and to no other", () => {
  const start = "https://app.example/portal";
  const addresses = {
    ask: "https://login.app.example/?p={prompt}",
    idpInitiated: "{idp}/saml/idp-initiated?sp=a",
  };
  const app = {
    kind: "app",
    channels: ["oidc"],
    start,
    signedIn: { selector: "a" },
    consent: true,
    addresses,
  };
  const { allows, hosts } = reachOf(
    targetsSchema.parse({ app, tool: { kind: "api", url: "http://127.0.0.1/" } }),
  );
  expect(hosts).toEqual(["app.example", "login.app.example"]);
  expect(
    [
      "https://app.example/x",
      "https://www.app.example/",
      "https://app.example.org/",
      "http://localhost/",
    ].map((url) => allows(new URL(url))),
  ).toEqual([true, false, false, true]);
});

test("the JSON Schema is fresh, and takes what the schema takes", async () => {
  const file = new URL("../../../scenarios/mfa-harness.schema.json", import.meta.url);
  const text = await readFile(file, "utf8");
  expect(text, "run npm run schema").toBe(configJsonSchemaText());
  const schema: unknown = JSON.parse(text);
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(
    typeof schema === "object" && schema !== null ? schema : {},
  );
  expect(validate(parse(GOOD)), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ targets: { a: { kind: "browser" } } })).toBe(false);
});
