import type { IncomingMessage, ServerResponse } from "node:http";
import { type KoaContextWithOIDC, Provider } from "oidc-provider";
import type { Emission } from "../emission/emission.ts";
import type { EmissionKeys } from "../emission/keys.ts";
import type { IssuedArtifact } from "./issued.ts";
import { note } from "./journal-notes.ts";
import { oidcConfiguration } from "./oidc-configuration.ts";
import { explain } from "./oidc-explain.ts";
import { readHintsOf } from "./oidc-hints.ts";
import { signOut } from "./oidc-logout.ts";
import { changeMessages } from "./oidc-messages.ts";
import type { RelyingParties } from "./oidc-relying-parties.ts";
import { makeSignIns, type SignIns } from "./oidc-sign-ins.ts";
import { admitStrangers } from "./oidc-strangers.ts";
import type { Sessions } from "./sessions.ts";
import { mintThroughEmissions } from "./oidc-tokens.ts";

/** What the engine is made from. */
export interface OidcEngineParts {
  readonly base: string;
  readonly relyingParties: RelyingParties;
  readonly keys: EmissionKeys;
  readonly now: () => number;
  /** Who is signed in at this IdP, by whichever protocol. */
  readonly sessions: Sessions;
  readonly record: (choice: string | undefined, issued: IssuedArtifact) => void;
  /** Whose patches the documents of this issuer follow. */
  readonly emissionInUse: () => Emission | undefined;
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

/** oidc-provider parses bodies itself, so the journal would not see them. */
function noteBodies(provider: Provider): void {
  provider.use<object, Partial<Pick<KoaContextWithOIDC, "oidc">>>(async (ctx, next) => {
    try {
      await next();
    } finally {
      note({ body: ctx.oidc?.body });
    }
  });
}

/** Sets up oidc-provider for one mock IdP; this module is the one that loads it, which takes longer than all else. */
export async function makeOidcEngine(parts: OidcEngineParts): Promise<OidcEngine> {
  const { keys, now, record, relyingParties, sessions } = parts;
  const signIns = makeSignIns();
  const signingKeys = await Promise.all([keys.published(), keys.next(), keys.ec(), keys.ed()]);
  const configuration = oidcConfiguration({
    keys: signingKeys,
    base: parts.base,
    relyingParties,
    signIns,
    sessions,
    signOut: (ctx) => {
      sessions.end(ctx.req, ctx.res);
      return explain(signOut(ctx, { signIns, keys, now }));
    },
  });
  const provider = new Provider(`${parts.base}/oidc`, configuration);
  allowImplicitOnHttp(provider);
  admitStrangers(provider, relyingParties);
  readHintsOf(provider, keys);
  mintThroughEmissions(provider, { signIns, keys, now, record });
  changeMessages(provider, { signIns, emissionInUse: parts.emissionInUse });
  noteBodies(provider);
  return { provider, signIns, handle: provider.callback() };
}
