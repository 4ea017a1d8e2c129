import type { Server } from "node:http";
import { Strategy, ValidateInResponseTo, type VerifyWithoutRequest } from "@node-saml/passport-saml";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import session from "express-session";
import passport from "passport";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../harness/emission/emission.ts";
import type { IdpTrust, MockIdp } from "../../harness/idp/mock-idp.ts";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { listen, signInAt, userOf } from "./portal.ts";

const METHODS = "http://schemas.microsoft.com/claims/authnmethodsreferences";
const MFA = "http://schemas.microsoft.com/claims/multipleauthn";
let server: Server;
let idp: MockIdp;
let origin = "";

beforeAll(async () => {
  ({ server, origin } = await listen());
  idp = await startIdp();
  server.on("request", portal(idp.trust, idp.origin));
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await idp.stop();
});

const verify: VerifyWithoutRequest = (profile, done) =>
  done(null, { name: profile?.nameID, methods: profile?.[METHODS] });

/** passport-saml with its defaults, so that both signatures are demanded; MFA is read from the attribute. */
function strategy(trust: IdpTrust, idpOrigin: string): Strategy {
  const options = {
    entryPoint: `${idpOrigin}/saml/sso`,
    idpCert: trust.samlCertificate,
    idpIssuer: trust.samlEntityId,
    issuer: `${origin}/metadata`,
    callbackUrl: `${origin}/acs`,
    validateInResponseTo: ValidateInResponseTo.always,
  };
  return new Strategy(options, verify, verify);
}

const refuse: ErrorRequestHandler = (_error, _request, response, _next) => {
  response.status(400).send('<p id="page">refused</p>');
};

function portal(trust: IdpTrust, idpOrigin: string) {
  const authenticator = new passport.Passport();
  authenticator.use("saml", strategy(trust, idpOrigin));
  authenticator.serializeUser((user, done) => done(null, user));
  authenticator.deserializeUser((user: Express.User, done) => done(null, user));
  const authenticate: RequestHandler = (request, response, next): void => {
    const signIn: unknown = authenticator.authenticate("saml");
    if (isRequestHandler(signIn)) void signIn(request, response, next);
  };
  const app = express();
  app.use(session({ secret: "test", resave: false, saveUninitialized: false, name: "passport-saml-test" }));
  app.use(authenticator.session());
  app.get("/portal", (request, response, next) => {
    if (!request.isAuthenticated()) {
      authenticate(request, response, next);
      return;
    }
    const { name, methods } = { name: "", methods: [], ...request.user };
    const granted = [methods].flat().some((method: unknown) => method === MFA);
    response.send(`<p id="page">${granted ? "granted" : "denied"}</p><p id="user">${name}</p>`);
  });
  app.post("/acs", express.urlencoded({ extended: false }), authenticate, (_request, response) =>
    response.redirect("/portal"),
  );
  app.use(refuse);
  return app;
}

/** passport's types say `any`. */
function isRequestHandler(value: unknown): value is RequestHandler {
  return typeof value === "function";
}

const ASSERTION = "/samlResponse/assertion";

test.each([
  { name: "with MFA", change: {}, page: "granted" },
  { name: "password only", change: { profile: "password-only" }, page: "denied" },
  {
    name: "no attributes",
    change: { patch: [{ op: "remove", path: `${ASSERTION}/attributes` }] },
    page: "denied",
  },
])("$name → $page, and the page names who is signed in", async ({ name, change, page }) => {
  const user = userOf(name);
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...change });
  expect(await signInAt(`${origin}/portal`, idp, emission, user)).toEqual({ page, user, signIns: 1 });
});

test.each([
  { name: "a stranger's key", change: { key: "stranger" } },
  { name: "flipped signatures", change: { tamper: [{ op: "flip-signature" }] } },
  { name: "no signatures", change: { tamper: [{ op: "strip-signature" }] } },
  {
    name: "another audience",
    change: { patch: [{ op: "set", path: `${ASSERTION}/conditions/audiences`, value: ["x"] }] },
  },
  {
    name: "another request",
    change: { patch: [{ op: "set", path: "/samlResponse/inResponseTo", value: "_other" }] },
  },
  {
    name: "expired",
    change: { patch: [{ op: "shift", path: `${ASSERTION}/conditions/notOnOrAfter`, seconds: -10_800 }] },
  },
])("$name → refused, nobody is signed in", async ({ name, change }) => {
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...change });
  const shown = await signInAt(`${origin}/portal`, idp, emission, userOf(name));
  expect(shown).toEqual({ page: "refused", user: undefined, signIns: 1 });
});
