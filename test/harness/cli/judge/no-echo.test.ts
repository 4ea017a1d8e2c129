import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { array, constantFrom, record, sample } from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { accessClaims, ecKey, idClaims, NOW, rsaKey, signed } from "../../../src/support/tokens.ts";
import { mfaHarness } from "../../../support/command-line.ts";
import * as saml from "../../../support/signed-saml.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const rsa = rsaKey("k");
const ec = ecKey("e");
const samlKey = saml.rsaKey();
const xml = saml.signSaml(saml.sampleResponse(), "Assertion", samlKey);
const base64 = (value: string): string => Buffer.from(value).toString("base64");
const privateKey = String(rsa.privateKey.export({ type: "pkcs8", format: "pem" }));

/** What must never be shown: whole tokens, messages and keys. */
const SECRETS: Readonly<Record<string, string>> = {
  "an ID token": signed({ alg: "RS256", kid: "k" }, idClaims(), rsa),
  "an ID token without MFA": signed({ alg: "RS256", kid: "k" }, idClaims({ amr: ["pwd"] }), rsa),
  "an access token": signed({ alg: "ES256", kid: "e" }, accessClaims(), ec, "ES256"),
  "a token that was cut off": signed({ alg: "RS256", kid: "k" }, idClaims(), rsa).slice(0, 250),
  "a response": base64(xml),
  "a private key": privateKey,
};

/** How people and tools wrap them. */
const WRAPPINGS: readonly ((text: string) => string)[] = [
  (text) => `"${text}"`,
  (text) => `'${text}'`,
  (text) => `\`${text}\``,
  (text) => `  ${text}\n`,
  (text) => `Bearer ${text}`,
  (text) => `Authorization: Bearer ${text}`,
  (text) => `id_token=${text}`,
  (text) => `SAMLResponse=${text}&RelayState=x`,
  (text) => `https://rp.example/cb#id_token=${text}&state=s`,
  (text) => `--token=${text}`.slice(2),
  (text) => `./${text}`,
  (text) => `file:///${text}`,
  (text) => `@${text}`,
  (text) => `${text}.jwt`,
  (text) => `C:\\tokens\\${text}`,
  (text) => JSON.stringify({ id_token: text }),
  (text) => JSON.stringify([text]),
  (text) => `{'id_token': '${text}'}`,
  encodeURIComponent,
  base64,
  (text) => Buffer.from(text).toString("base64url"),
  (text) => (text.match(/.{1,64}/gs) ?? []).join("\n"),
  (text) => `\uFEFF${text}`,
  (text) => `\u200B${text}`,
  (text) => `<input name="id_token" value="${text}">`,
];

const cases = sample(
  record({
    secret: constantFrom(...Object.keys(SECRETS)),
    wrappings: array(constantFrom(...WRAPPINGS), { maxLength: 3 }),
  }),
  { numRuns: 120, seed: 20_261_120 },
);

/** Each secret in its wrappings, with the pieces of it that nothing may show: 24 characters of it, or of what is around it. */
const wrapped = cases.map(({ secret, wrappings }) => {
  const bare = SECRETS[secret] ?? "";
  const stages = wrappings.reduce<readonly string[]>((all, wrap) => [...all, wrap(all.at(-1) ?? "")], [bare]);
  return { secret, text: stages.at(-1) ?? "", stages };
});

/** The pieces of a secret that an output shows. */
function shownIn(output: string, stages: readonly string[]): readonly string[] {
  return stages.flatMap((stage) => {
    const bodies = stage.match(/[\w+/=%-]{60,}/g) ?? [];
    return bodies
      .flatMap((body) => [body.slice(12, 36), body.slice(-30, -6)])
      .filter((piece) => output.includes(piece));
  });
}

let path = "";
beforeAll(async () => {
  const folder = await temporaryFolder({
    "keys.json": JSON.stringify({ keys: [rsa.jwk, ec.jwk, { ...samlKey.jwk, kid: "s" }] }),
    "own.yaml": "extends: oidc\n",
  });
  path = folder.path;
  for (const [index, { text }] of wrapped.entries()) await writeFile(join(path, `in-${index}.txt`), text);
  return async () => await folder[Symbol.asyncDispose]();
});

const OPTIONS = ["-k", "keys.json", "-n", String(NOW)];

describe("no reporter of judge shows a secret, whatever it is wrapped in", () => {
  test.each([[[]], [["--json"]]])("given in place of a file, %j", async (flags) => {
    // What begins with a dash is taken for an option, which has a test of its own.
    const given = wrapped.filter(({ text }) => !text.startsWith("-") && !text.includes("\0"));
    const { stdout, stderr, exitCode } = await mfaHarness(
      ["judge", ...given.map(({ text }) => text), ...OPTIONS, ...flags],
      path,
    );
    const shown = given.flatMap(({ secret, text, stages }) =>
      shownIn(stdout + stderr, stages).map((piece) => ({ secret, text, piece })),
    );
    expect({ exitCode, shown }).toEqual({ exitCode: 2, shown: [] });
  });

  test.each([[[]], [["--json"]]])("in a file, %j", async (flags) => {
    const files = wrapped.map((_, index) => `in-${index}.txt`);
    const { stdout, stderr } = await mfaHarness(["judge", ...files, ...OPTIONS, ...flags], path);
    const shown = wrapped.flatMap(({ secret, text, stages }) =>
      shownIn(stdout + stderr, stages).map((piece) => ({ secret, text, piece })),
    );
    expect(stdout).toContain(flags.length === 0 ? "COMPLIANT" : '"verdict": "compliant"');
    expect(shown).toEqual([]);
  });

  test("given as the value of a flag", async () => {
    const secret = SECRETS["an ID token"] ?? "";
    const flags = ["-k", "-p", "--kind", "--now", "--issuer", "--audience"];
    const outputs = await Promise.all(
      flags.map(async (flag) => {
        const { stdout, stderr, exitCode } = await mfaHarness(["judge", "in-0.txt", flag, secret], path);
        return { flag, exitCode, shown: shownIn(stdout + stderr, [secret]) };
      }),
    );
    expect(outputs).toEqual(flags.map((flag) => ({ flag, exitCode: 2, shown: [] })));
  });
});
