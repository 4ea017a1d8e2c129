import type { Grant, KoaContextWithOIDC } from "oidc-provider";
import type { Channel } from "../emission/channels.ts";
import type { Emission } from "../emission/emission.ts";
import { makeBoundedMap } from "./bounded-map.ts";
import type { PerformedSignIn } from "./issued.ts";

/** Emissions that an OIDC sign-in can make. */
export const OIDC_CHANNELS: readonly Channel[] = ["oidc", "partner-api"];

/** One answered sign-in page: who signed in, and what will be said about it. */
export interface SignIn {
  /** Id of the emission chosen, under which artifacts are recorded. */
  readonly choice: string;
  /** Kept itself, so that a refresh says the same after the choice was withdrawn. */
  readonly emission: Emission;
  readonly user: string;
  readonly performed: PerformedSignIn;
  /** Seconds since the epoch. */
  readonly at: number;
  readonly acrValues: readonly string[];
}

/**
 * Sign-ins, found by the interaction that answered the page, by the grant its tokens belong to, and by the session of
 * the user agent. Nothing is global: each grant follows its own emission.
 */
export interface SignIns {
  readonly put: (id: string, signIn: SignIn) => void;
  readonly get: (id: string | undefined) => SignIn | undefined;
}

/** Enough for the interaction, the grant and the session of each sign-in whose tokens are still kept. */
const LIMIT = 6000;

/** Makes an empty store. */
export function makeSignIns(): SignIns {
  const signIns = makeBoundedMap<SignIn>(LIMIT);
  return { put: signIns.put, get: (id) => (id === undefined ? undefined : signIns.get(id)) };
}

async function findGrant(ctx: KoaContextWithOIDC, clientId: string): Promise<Grant | undefined> {
  const id = ctx.oidc.session?.grantIdFor(clientId);
  return id === undefined ? undefined : await ctx.oidc.provider.Grant.find(id);
}

/** Nobody is asked for consent: whatever is requested is granted. */
function grantEverything(grant: Grant, { oidc }: KoaContextWithOIDC): void {
  grant.addOIDCScope([...oidc.requestParamOIDCScopes].join(" "));
  grant.addOIDCClaims([...oidc.requestParamClaims]);
  for (const [resource, server] of Object.entries(oidc.resourceServers ?? {})) {
    grant.addResourceScope(resource, [...server.scopes].join(" "));
  }
}

/**
 * Finds or makes the grant that a request is answered from.
 *
 * A fresh sign-in makes a grant of its own. A session without one for this relying party (single sign-on) makes one
 * that says what the session's sign-in said. Without any sign-in there is none, and the sign-in page is shown.
 */
export async function grantFor(ctx: KoaContextWithOIDC, signIns: SignIns): Promise<Grant | undefined> {
  const { session, client, entities, provider } = ctx.oidc;
  if (session?.accountId === undefined || client === undefined) return undefined;
  const { accountId } = session;
  const { clientId } = client;
  const fresh = signIns.get(entities.Interaction?.uid);
  const known = fresh === undefined ? await findGrant(ctx, clientId) : undefined;
  const signIn = fresh ?? signIns.get(known?.jti) ?? signIns.get(session.uid);
  if (signIn === undefined) return undefined;
  const grant = known ?? new provider.Grant({ accountId, clientId });
  grantEverything(grant, ctx);
  signIns.put(await grant.save(), signIn);
  if (fresh !== undefined) signIns.put(session.uid, fresh);
  return grant;
}
