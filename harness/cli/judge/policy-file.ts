import { basename, dirname, extname, join } from "node:path";
import { policies, type Policy, type PolicyName, type TrustedIssuer } from "../../../src/index.ts";
import { HarnessError } from "../../errors.ts";
import { BUNDLED_SCENARIOS } from "../../scenario/bundled.ts";
import { parseYaml, problemLine } from "../../scenario/yaml-file.ts";
import { readTextFile } from "../read-text.ts";
import { parseDecryptionKeys, readKeys } from "./keys.ts";
import { policyFileSchema } from "./policy-schema.ts";

/** A policy to judge by, and the ready-made one that says which artifacts it reads. */
export interface ChosenPolicy {
  readonly base: PolicyName;
  readonly policy: Policy;
}

/**
 * Takes what `--policy` says: the name of a ready-made policy, or a YAML file that extends one. Files that it names
 * are looked for beside it.
 *
 * @throws HarnessError `ERR_USAGE` for an unknown name, `ERR_FILE_UNREADABLE`, `ERR_KEYS_UNREADABLE`, or
 *   `ERR_POLICY_INVALID` with each problem as `file:line:column`
 */
export async function choosePolicy(wanted: string): Promise<ChosenPolicy> {
  const base = policyNames().find((name) => name === wanted);
  if (base !== undefined) return { base, policy: policies[base] };
  if (/[./\\]/.test(wanted)) return await loadPolicy(wanted);
  const hint = `Known policies: ${policyNames().join(", ")}; or name a YAML file.`;
  throw new HarnessError("ERR_USAGE", `there is no policy "${wanted}"`, hint);
}

async function loadPolicy(file: string): Promise<ChosenPolicy> {
  const text = readTextFile(file, "Check the path after --policy.");
  const result = parseYaml(file, text, policyFileSchema);
  if ("problems" in result) {
    const schema = join(BUNDLED_SCENARIOS, "policy.schema.json");
    const hint = `Fix these errors; nothing was judged. The schema is ${schema}.`;
    throw new HarnessError("ERR_POLICY_INVALID", result.problems.map(problemLine).join("\n"), hint);
  }
  const { extends: base, id, issuers = [], decryptionKeys = [], used, mfa, ...requirements } = result.value;
  const ready = policies[base];
  const folder = dirname(file);
  const keys = decryptionKeys.flatMap((name) => readDecryptionKeys(join(folder, name)));
  const policy: Policy = {
    ...ready,
    ...requirements,
    id: id ?? basename(file, extname(file)),
    issuers: (await Promise.all(issuers.map((issuer) => trustedIssuers(issuer, folder)))).flat(),
    mfa: { ...ready.mfa, ...mfa },
    ...(keys.length === 0 ? {} : { decryptionKeys: keys }),
    ...(used === undefined ? {} : { replay: new Set(used) }),
  };
  return { base, policy };
}

/** The trusted issuers in each key file, all under the one name if there is one. */
async function trustedIssuers(
  { issuer, keys }: { readonly issuer?: string; readonly keys: readonly string[] },
  folder: string,
): Promise<readonly TrustedIssuer[]> {
  const files = keys.map((name) => join(folder, name));
  const found = await readKeys(files, "The policy names it among its keys.");
  return issuer === undefined ? found : found.map((each) => ({ ...each, issuer }));
}

function readDecryptionKeys(file: string): ReturnType<typeof parseDecryptionKeys> {
  return parseDecryptionKeys(file, readTextFile(file, "The policy names it in decryptionKeys."));
}

function policyNames(): readonly PolicyName[] {
  return policyFileSchema.shape.extends.options;
}
