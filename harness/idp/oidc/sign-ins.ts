import type { Grant, KoaContextWithOIDC } from "oidc-provider";
import type { Channel } from "../../emission/channels.ts";
import type { Emission } from "../../emission/emission.ts";
import type { Choices } from "../choices.ts";
import type { IssuedArtifact, PerformedSignIn } from "../issued.ts";
import type { Store } from "../store/store.ts";
import { namedIn } from "./named.ts";

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
  /** What the authorization request named that is answered from it; absent: none has been answered. */
  readonly asked?: IssuedArtifact["asked"];
}

/**
 * Sign-ins, found by the interaction that answered the page, by the grant its tokens belong to, and by the session of
 * the user agent. Nothing is global: each grant follows its own emission.
 */
export interface SignIns {
  readonly put: (id: string, signIn: SignIn) => Promise<void>;
  readonly get: (id: string | undefined) => Promise<SignIn | undefined>;
  /** The same as an authorization request is answered from it: with another emission if its choice was changed since. */
  readonly current: (id: string | undefined) => Promise<SignIn | undefined>;
  /** The sign-in that an authorization request is answered from, once its grant was found; it is known at once. */
  readonly ofRequest: (ctx: KoaContextWithOIDC) => SignIn | undefined;
  readonly answerFrom: (ctx: KoaContextWithOIDC, signIn: SignIn) => void;
}

/**
 * Enough for the interaction, the grant and the session of each sign-in whose tokens are still kept, and as long as
 * these live.
 */
const BOUNDS = { limit: 6000, ttlSeconds: 86_400 };

/** Makes the sign-ins of one realm. */
export function makeSignIns(store: Store, choices: Pick<Choices, "current">): SignIns {
  const signIns = store.shelf<SignIn>("sign-ins", BOUNDS);
  const ofRequests = new WeakMap<KoaContextWithOIDC, SignIn>();
  const get: SignIns["get"] = async (id) => (id === undefined ? undefined : await signIns.get(id));
  return {
    put: signIns.put,
    get,
    current: async (id) => {
      const found = await get(id);
      return found && { ...found, emission: choices.current(found.choice, found.emission) };
    },
    ofRequest: (ctx) => ofRequests.get(ctx),
    answerFrom: (ctx, signIn) => void ofRequests.set(ctx, signIn),
  };
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
  const fresh = await signIns.get(entities.Interaction?.uid);
  const known = fresh === undefined ? await findGrant(ctx, clientId) : undefined;
  const signIn = fresh ?? (await signIns.current(known?.jti)) ?? (await signIns.current(session.uid));
  if (signIn === undefined) return undefined;
  signIns.answerFrom(ctx, signIn);
  const grant = known ?? new provider.Grant({ accountId, clientId });
  grantEverything(grant, ctx);
  await signIns.put(await grant.save(), { ...signIn, asked: namedIn(ctx.oidc.params ?? {}) });
  if (fresh !== undefined) await signIns.put(session.uid, fresh);
  return grant;
}
