import type { IncomingMessage } from "node:http";
import type { KoaContextWithOIDC, Provider } from "oidc-provider";

/** A request that cannot be answered before somebody signs in. */
export type Interaction = InstanceType<Provider["Interaction"]>;

/** Requests that need a sign-in, met where they came in: nobody is sent elsewhere for it, nor back afterwards. */
export interface WaitingRequests {
  /** What an authorization request waits for, when oidc-provider left it without an answer. */
  readonly of: (request: IncomingMessage) => Interaction | undefined;
  /**
   * Lets the next answer to this request be that of the one that waited.
   *
   * Whoever calls it knows that both come from the same user agent: by the interaction's cookie, or because they are one.
   */
  readonly goOn: (request: IncomingMessage, interaction: Interaction) => void;
}

type Context = Partial<Pick<KoaContextWithOIDC, "oidc">>;

/** Takes back the redirect to the page that is about to be shown at once. */
const REDIRECT_HEADERS = ["Location", "Content-Type", "Content-Length"] as const;

/** Makes oidc-provider leave authorization requests that need a sign-in without an answer. */
export function holdRequests(provider: Provider): WaitingRequests {
  const waiting = new WeakMap<IncomingMessage, Interaction>();
  const going = new WeakMap<IncomingMessage, string>();
  const resumeCookie = provider.cookieName("resume");
  provider.use<object, Context>(async (ctx, next) => {
    const uid = going.get(ctx.req);
    if (uid !== undefined) {
      const { cookies } = ctx;
      const get = cookies.get.bind(cookies);
      // The cookie that goes with the address of the resumed request, which is not where this one was sent.
      cookies.get = (name, options) => (name === resumeCookie ? uid : get(name, options));
    }
    await next();
    const interaction = ctx.oidc?.entities.Interaction;
    if (uid !== undefined || ctx.oidc?.route !== "authorization" || interaction === undefined) return;
    if (ctx.status !== 303) return;
    ctx.respond = false;
    for (const name of REDIRECT_HEADERS) ctx.remove(name);
    waiting.set(ctx.req, interaction);
  });
  return {
    of: (request) => waiting.get(request),
    goOn: (request, { uid }) => void going.set(request, uid),
  };
}
