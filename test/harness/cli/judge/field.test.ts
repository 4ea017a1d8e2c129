import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mfaHarness } from "../../../support/command-line.ts";

/** A folder of inputs as people have them, with the right answer to each in its README. */
const folder = process.env["MFA_HARNESS_FIELD"];

/** One call of the command with a sample, and what its answer must and must not say. */
interface Sample {
  readonly file: string;
  readonly keys: "jwks.json" | "idp.pem";
  readonly args?: readonly string[];
  readonly exitCode: number | readonly number[];
  readonly says: readonly RegExp[];
  readonly never?: readonly RegExp[];
}

const SAMPLES: readonly Sample[] = [
  {
    file: "id-token-with-roles-password-only.jwt",
    keys: "jwks.json",
    exitCode: 1,
    says: [/^NON-COMPLIANT/m, /oidc\.amr\.mfa-absent/],
  },
  {
    file: "id-token-with-roles-password-only.jwt",
    keys: "jwks.json",
    args: ["--policy", "strict"],
    exitCode: 1,
    says: [/^NON-COMPLIANT/m, /oidc\.amr\.mfa-absent/],
  },
  {
    file: "id-token-pwd-totp.jwt",
    keys: "jwks.json",
    exitCode: 1,
    says: [/^NON-COMPLIANT/m, /oidc\.amr\.vendor-value[^]*"totp"/, /oidc\.amr\.two-factors-without-mfa/],
  },
  {
    file: "saml-for-another-reader-amr-attribute.xml",
    keys: "idp.pem",
    exitCode: 0,
    says: [/^COMPLIANT/m],
    never: [/for Entra/],
  },
  {
    file: "token-as-windows-powershell-writes-it.txt",
    keys: "jwks.json",
    exitCode: 0,
    says: [/^COMPLIANT/m],
  },
  {
    file: "graph-access-token.jwt",
    keys: "jwks.json",
    exitCode: 1,
    says: [/^(?:NON-COMPLIANT|INCONCLUSIVE)/m, /Microsoft Graph/, /nonce/, /Partner Center/],
    never: [/^COMPLIANT/m, /change: Sign with the key/],
  },
  {
    file: "wsfed-adfs-pass-through.xml",
    keys: "idp.pem",
    exitCode: 3,
    says: [/^INCONCLUSIVE/m, /howto-mfa-adfs/, /inbound/i],
  },
];

/** Calls that do not come out right yet, as `file` or `file args`. Whoever mends one removes it here. */
const KNOWN_OPEN: readonly string[] = [];

const NOW = ["--now", "2026-11-20T12:00:00Z"];

describe.skipIf(folder === undefined)("samples of the field (set MFA_HARNESS_FIELD to their folder)", () => {
  const root = folder ?? "";
  const calls = SAMPLES.map((sample) => {
    const call = [sample.file, ...(sample.args ?? [])].join(" ");
    return { call, sample, open: KNOWN_OPEN.includes(call) };
  });

  async function check({ sample }: (typeof calls)[number]): Promise<void> {
    const { file, keys, args = [], exitCode, says, never = [] } = sample;
    const path = join(root, file);
    const said = await mfaHarness(["judge", path, "--keys", join(root, keys), ...NOW, ...args], root);
    expect([exitCode].flat()).toContain(said.exitCode);
    for (const each of says) expect(said.stdout).toMatch(each);
    for (const each of never) expect(said.stdout).not.toMatch(each);
    expect(said.stdout + said.stderr).not.toContain(readFileSync(path, "utf8").trim());
  }

  test.each(calls.filter(({ open }) => !open))("$call", check);
  test.fails.each(calls.filter(({ open }) => open))("not right yet: $call", check);
});
