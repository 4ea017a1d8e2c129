import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from "express";
import connect from "express-openid-connect";

const { auth, requiresAuth } = connect;

/** Where a portal is and which issuer it trusts. */
export interface PortalSettings {
  readonly issuer: string;
  readonly origin: string;
  readonly clientId: string;
  /** Absent: there is no code to redeem, the ID token comes by form_post, as it does by default. */
  readonly clientSecret: string | undefined;
}

/** A sign-in of the last hour will do. */
const BY_FORM = { scope: "openid email", max_age: 3600 } as const;
const BY_CODE = { response_type: "code", scope: "openid email offline_access", max_age: 3600 } as const;

const refuse: ErrorRequestHandler = (_error, _request, response, _next) => {
  response.status(400).send('<h1 id="page">refused</h1><p>The sign-in failed.</p>');
};

/** What UserInfo said in answer to a request; it is for show. */
const reachedAt = new WeakMap<Request, unknown>();

/** The protected page: it demands `mfa` in `amr` and says who is signed in. */
const portal: RequestHandler = (request, response) => {
  const amr: unknown = request.oidc.idTokenClaims?.["amr"];
  const granted = Array.isArray(amr) && amr.includes("mfa");
  const words = granted ? "Your customers: Contoso, Fabrikam." : "A second factor is missing.";
  const page = `<h1 id="page">${granted ? "portal" : "denied"}</h1>`;
  const user = `<p id="user">${escaped(request.oidc.user?.["email"])}</p>`;
  const email = reachedAt.get(request);
  const asked = email === undefined ? "" : `<p>Reached at ${escaped(email)}</p>`;
  response.status(granted ? 200 : 403).send(`${page}${user}<p>${words}</p>${asked}`);
};

function escaped(value: unknown): string {
  return String(value).replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Asks for the tokens anew, so that the page is answered by what the newest ID token says. */
const renew: RequestHandler = async (request, _response, next) => {
  await request.oidc.accessToken?.refresh();
  next();
};

const askUserInfo: RequestHandler = async (request, _response, next) => {
  const { email } = await request.oidc.fetchUserInfo();
  reachedAt.set(request, email);
  next();
};

/** Keeps who was logged out by the IdP. */
function memoryStore<Value>() {
  const kept = new Map<string, Value>();
  return {
    get: (id: string, tell: (error: unknown, value?: Value | null) => void): void =>
      tell(undefined, kept.get(id)),
    set: (id: string, value: Value, tell?: (error?: unknown) => void): void => {
      kept.set(id, value);
      tell?.();
    },
    destroy: (id: string, tell?: (error?: unknown) => void): void => {
      kept.delete(id);
      tell?.();
    },
  };
}

/** A portal as the library's documentation builds it, with a limit for the age of a sign-in. */
export function expressOpenidConnectPortal(settings: PortalSettings): Express {
  const { issuer, origin, clientId, clientSecret } = settings;
  const app = express();
  const authorizationParams = clientSecret === undefined ? BY_FORM : BY_CODE;
  app.use(
    auth({
      issuerBaseURL: issuer,
      baseURL: origin,
      clientID: clientId,
      ...(clientSecret === undefined ? {} : { clientSecret }),
      secret: "a-long-enough-secret-for-a-test-session",
      authRequired: false,
      authorizationParams,
      backchannelLogout: { store: memoryStore() },
    }),
  );
  app.get("/portal", requiresAuth(), portal);
  app.get("/renew", requiresAuth(), renew, portal);
  app.get("/user-info", requiresAuth(), askUserInfo, portal);
  app.get("/sign-in-again", (_request, response) => {
    const demanded = { ...authorizationParams, prompt: "login" };
    void response.oidc.login({ returnTo: "/portal", authorizationParams: demanded });
  });
  app.get("/me", (request, response) => {
    const user: unknown = request.oidc.user?.["email"] ?? null;
    response.json({ user });
  });
  app.use(refuse);
  return app;
}
