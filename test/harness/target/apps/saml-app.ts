import { Strategy, ValidateInResponseTo, type VerifyWithoutRequest } from "@node-saml/passport-saml";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import session from "express-session";
import passport from "passport";

const METHODS = "http://schemas.microsoft.com/claims/authnmethodsreferences";
const MFA = "http://schemas.microsoft.com/claims/multipleauthn";
const port = Number(process.env["PORT"]);
const origin = `http://127.0.0.1:${port}`;

const verify: VerifyWithoutRequest = (profile, done) =>
  done(null, { name: profile?.nameID, methods: profile?.[METHODS] });

/** passport-saml with its defaults, so that both signatures are demanded. */
const strategy = new Strategy(
  {
    entryPoint: `${process.env["MFA_HARNESS_IDP"]}/saml/sso`,
    idpCert: process.env["MFA_HARNESS_SAML_CERTIFICATE"] ?? "",
    issuer: `${origin}/metadata`,
    callbackUrl: `${origin}/acs`,
    validateInResponseTo: ValidateInResponseTo.always,
  },
  verify,
  verify,
);

const authenticator = new passport.Passport();
authenticator.use("saml", strategy);
authenticator.serializeUser((user, done) => done(null, user));
authenticator.deserializeUser((user: Express.User, done) => done(null, user));

/** passport's types say `any`. */
function isRequestHandler(value: unknown): value is RequestHandler {
  return typeof value === "function";
}

const authenticate: RequestHandler = (request, response, next): void => {
  const signIn: unknown = authenticator.authenticate("saml");
  if (isRequestHandler(signIn)) void signIn(request, response, next);
};

const refuse: ErrorRequestHandler = (_error, _request, response, _next) => {
  response.send("<h1>Portal</h1><p>We could not sign you in.</p>");
};

/** A partner's portal as a program of its own; it says with 200 that it refuses. */
const app = express();
app.use(session({ secret: "test", resave: false, saveUninitialized: false, name: "saml-app" }));
app.use(authenticator.session());
app.get("/health", (_request, response) => void response.send("up"));
app.get("/me", (request, response) => {
  const { name } = { name: null, ...request.user };
  response.json({ user: { name } });
});
app.get("/portal", (request, response, next) => {
  if (!request.isAuthenticated()) {
    authenticate(request, response, next);
    return;
  }
  const { methods } = { methods: [], ...request.user };
  const granted = [methods].flat().some((method: unknown) => method === MFA);
  response.send(`<h1>Portal</h1><p>${granted ? "Welcome" : "A second factor is missing"}</p>`);
});
app.post("/acs", express.urlencoded({ extended: false }), authenticate, (_request, response) =>
  response.redirect("/portal"),
);
app.use(refuse);
app.listen(port, "127.0.0.1");
