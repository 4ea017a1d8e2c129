import type { IncomingMessage, ServerResponse } from "node:http";
import { Provider } from "oidc-provider";
import type { EmissionKeys } from "../emission/keys.ts";
import type { IssuedArtifact } from "./issued.ts";
import { oidcConfiguration } from "./oidc-configuration.ts";
import type { RelyingParties } from "./oidc-relying-parties.ts";
import { makeSignIns, type SignIns } from "./oidc-sign-ins.ts";
import { mintThroughEmissions } from "./oidc-tokens.ts";

/** What the engine is made from. */
export interface OidcEngineParts {
  readonly base: string;
  readonly relyingParties: RelyingParties;
  readonly keys: EmissionKeys;
  readonly now: () => number;
  readonly record: (choice: string | undefined, issued: IssuedArtifact) => void;
}

/** oidc-provider, set up, with the sign-ins its tokens follow. */
export interface OidcEngine {
  readonly provider: Provider;
  readonly signIns: SignIns;
  /** Answers every request of the protocol. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Rules against http redirect URIs of implicit relying parties: right on the Internet, in the way on loopback. */
const WAIVED: readonly unknown[] = ["implicit-force-https", "implicit-forbid-localhost"];

function isReference(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function read(target: unknown, name: string): unknown {
  const value: unknown = isReference(target) ? Reflect.get(target, name) : undefined;
  return value;
}

/**
 * Lets implicit relying parties live on `http://127.0.0.1` and `http://localhost`.
 *
 * oidc-provider's documentation names this way: its client schema gives each of these refusals a code of its own.
 */
function allowImplicitOnHttp(provider: Provider): void {
  const prototype = read(read(provider.Client, "Schema"), "prototype");
  const invalidate = read(prototype, "invalidate");
  if (!isReference(prototype) || typeof invalidate !== "function") return;
  Object.assign(prototype, {
    invalidate(this: unknown, message: string, code?: string): void {
      if (!WAIVED.includes(code)) Reflect.apply(invalidate, this, [message, code]);
    },
  });
}

/** Sets up oidc-provider for one mock IdP; this module is the one that loads it, which takes longer than all else. */
export async function makeOidcEngine(parts: OidcEngineParts): Promise<OidcEngine> {
  const { keys, now, record, relyingParties } = parts;
  const signIns = makeSignIns();
  const key = await keys.published();
  const configuration = oidcConfiguration({ key, base: parts.base, relyingParties, signIns });
  const provider = new Provider(`${parts.base}/oidc`, configuration);
  allowImplicitOnHttp(provider);
  mintThroughEmissions(provider, { signIns, keys, now, record });
  return { provider, signIns, handle: provider.callback() };
}
