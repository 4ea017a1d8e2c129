import { type ExpressAuthConfig, ExpressAuth, getSession } from "@auth/express";
import express, { type Express, type Request, type RequestHandler } from "express";

/** Where a portal is and which issuer it trusts. */
export interface PortalSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Whether the ID token by which somebody signed in names `mfa`; Auth.js keeps of it only what a callback asks for. */
function hasMfa(amr: unknown): boolean {
  return Array.isArray(amr) && amr.includes("mfa");
}

function configuration({ issuer, clientId, clientSecret }: PortalSettings): ExpressAuthConfig {
  return {
    trustHost: true,
    secret: "a-long-enough-secret-for-a-test-session",
    providers: [
      {
        id: "company",
        name: "Company",
        type: "oidc",
        issuer,
        clientId,
        clientSecret,
        checks: ["pkce", "state", "nonce"],
      },
    ],
    callbacks: {
      jwt: ({ token, profile }) =>
        profile === undefined ? token : { ...token, mfa: hasMfa(profile["amr"]) },
      session: ({ session, token }) => ({ ...session, mfa: token["mfa"] === true }),
    },
    // What it rejects is told by a page; a log of each would only be in the way.
    logger: { error: () => undefined, warn: () => undefined },
  };
}

interface SignedIn {
  readonly user: string;
  readonly mfa: boolean;
}

async function signedInBy(request: Request, auth: ExpressAuthConfig): Promise<SignedIn | undefined> {
  const session = await getSession(request, auth);
  const user = session?.user?.email ?? undefined;
  return user === undefined
    ? undefined
    : { user, mfa: session !== null && "mfa" in session && session.mfa === true };
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The protected page: it demands `mfa` in `amr` and says who is signed in. */
function portal(auth: ExpressAuthConfig): RequestHandler {
  return async (request, response) => {
    const signedIn = await signedInBy(request, auth);
    if (signedIn === undefined) {
      response.redirect("/auth/signin?callbackUrl=%2Fportal");
      return;
    }
    const { user, mfa } = signedIn;
    const words = mfa ? "Your customers: Contoso, Fabrikam." : "A second factor is missing.";
    const page = `<h1 id="page">${mfa ? "portal" : "denied"}</h1><p id="user">${escaped(user)}</p><p>${words}</p>`;
    response.status(mfa ? 200 : 403).send(page);
  };
}

/** Who is signed in, for a program. */
function me(auth: ExpressAuthConfig): RequestHandler {
  return async (request, response) => {
    const signedIn = await signedInBy(request, auth);
    response.json({ user: signedIn?.user ?? null });
  };
}

/** A portal as the documentation of Auth.js builds it: its own pages to sign in and to tell of an error. */
export function authJsPortal(settings: PortalSettings): Express {
  const auth = configuration(settings);
  const app = express();
  app.set("trust proxy", true);
  // It finds its own base path by the first capture.
  app.use(/^\/auth\/(.*)/, ExpressAuth(auth));
  app.get("/portal", portal(auth));
  app.get("/me", me(auth));
  return app;
}
