import { createHash, createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { KEY_NAMES, type KeyName } from "../../emission/keys/key-names.ts";
import { makeRotatingKeys } from "../../emission/keys/key-rotation.ts";
import {
  type EmissionKey,
  type EmissionKeys,
  type LateKey,
  makeEmissionKeys,
  named,
} from "../../emission/keys/keys.ts";
import type { TlsAuthority } from "../tls-certificates.ts";
import { type Kept, keptIn, prepareKeyFolder, unusable } from "./kept-files.ts";
import { madeOnce } from "./store.ts";

const YEAR_SECONDS = 365 * 86_400;

/** A private key as it lies in the folder; its id follows from it. */
interface KeptKey {
  /** PKCS #8, PEM. */
  readonly privateKey: string;
}

/** What the stand-in for Entra signs with. */
const STAND_IN = "entra";

const KEY_TYPES: Readonly<Record<KeyName | typeof STAND_IN, string>> = {
  published: "rsa",
  next: "rsa",
  ec: "ec",
  ed: "ed25519",
  weak: "rsa",
  stranger: "rsa",
  "other-issuer": "rsa",
  [STAND_IN]: "rsa",
};

function keptKey(found: unknown): KeptKey | undefined {
  if (typeof found !== "object" || found === null || !("privateKey" in found)) return undefined;
  return typeof found.privateKey === "string" ? { privateKey: found.privateKey } : undefined;
}

function pairIn(name: keyof typeof KEY_TYPES, { privateKey: pem }: KeptKey): EmissionKey {
  let pair;
  try {
    const privateKey = createPrivateKey(pem);
    pair = named({ privateKey, publicKey: createPublicKey(privateKey) });
  } catch (cause) {
    throw unusable(`the key "${name}"`, "it is no private key", cause);
  }
  if (pair.privateKey.asymmetricKeyType !== KEY_TYPES[name])
    throw unusable(`the key "${name}"`, `expected one of ${KEY_TYPES[name]}`);
  return name === "published" || name === STAND_IN ? { ...pair, onlyFor: "RS256" } : pair;
}

function pemOf({ privateKey }: EmissionKey): string {
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** A key that is looked for, or made, when it is first asked for. */
function keptWhenAsked(find: () => Promise<EmissionKey>): LateKey {
  let made: EmissionKey | undefined;
  let finding: Promise<EmissionKey> | undefined;
  const start = async (): Promise<EmissionKey> => (made = await find());
  return Object.assign(async () => await (finding ??= start()), { made: () => made });
}

function makeKeptKeys(kept: Kept<KeptKey>): { readonly own: EmissionKeys; readonly standIn: EmissionKeys } {
  const find = (name: keyof typeof KEY_TYPES, make: LateKey): LateKey =>
    keptWhenAsked(async () =>
      pairIn(name, await madeOnce(kept, name, async () => ({ privateKey: pemOf(await make()) }))),
    );
  const fresh = makeEmissionKeys();
  const freshOfStandIn = makeEmissionKeys();
  return {
    own: {
      published: find("published", fresh.published),
      next: find("next", fresh.next),
      ec: find("ec", fresh.ec),
      ed: find("ed", fresh.ed),
      weak: find("weak", fresh.weak),
      stranger: find("stranger", fresh.stranger),
      "other-issuer": find("other-issuer", fresh["other-issuer"]),
      retired: fresh.retired,
    },
    standIn: { ...freshOfStandIn, published: find(STAND_IN, freshOfStandIn.published) },
  };
}

function momentIn(found: unknown): number | undefined {
  return typeof found === "number" && Number.isSafeInteger(found) ? found : undefined;
}

function authorityIn(found: unknown): TlsAuthority | undefined {
  if (typeof found !== "object" || found === null) return undefined;
  if (!("privateKey" in found) || !("certificate" in found)) return undefined;
  const { privateKey, certificate } = found;
  if (typeof privateKey !== "string" || typeof certificate !== "string") return undefined;
  try {
    const isPair = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey));
    return isPair ? { privateKey, certificate } : undefined;
  } catch {
    return undefined;
  }
}

/** Finds the authority for some hosts, or makes it: what it may sign for stands in its certificate. */
export type KeepAuthority = (
  hosts: readonly string[],
  make: () => Promise<TlsAuthority>,
) => Promise<TlsAuthority>;

/**
 * Opens the keys of a project: each is made by the first start that needs it, and found by all others. A rotation lasts
 * as long as the IdP that was told to rotate.
 *
 * @param folder state folder; it is made if need be
 * @param now the clock of the IdP, seconds since the epoch
 * @throws HarnessError `ERR_KEYS_UNREADABLE` when it holds something else, or keys cannot be kept there
 */
export async function openKeptKeys(folder: string, now: () => number) {
  const why = await prepareKeyFolder(folder);
  if (why !== undefined) throw unusable(folder, `it cannot be written (${why})`);
  const kept = keptIn(folder, keptKey);
  // What cannot be read is told at the start, not in the middle of a sign-in.
  for (const name of [...KEY_NAMES, STAND_IN] as const) {
    const found = await kept.get(name);
    if (found !== undefined) pairIn(name, found);
  }
  const { own, standIn } = makeKeptKeys(kept);
  const began = await madeOnce(keptIn(folder, momentIn), "began", now);
  const authorities = keptIn(folder, authorityIn);
  const keepAuthority: KeepAuthority = async (hosts, make) => {
    const id = createHash("sha256").update(hosts.toSorted().join()).digest("hex").slice(0, 16);
    return await madeOnce(authorities, `authority-${id}`, make);
  };
  return {
    keys: makeRotatingKeys(own),
    standInKeys: standIn,
    // A certificate is for ten years around its moment; one for a clock that stands elsewhere has to be another.
    certifiedAt: () => (Math.abs(now() - began) < 9 * YEAR_SECONDS ? began : now()),
    keepAuthority,
  };
}
