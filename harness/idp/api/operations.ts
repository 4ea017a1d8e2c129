import type { SchemaName } from "./schemas.ts";

/** One thing that the live API does: the routes and the description are both made of these. */
export interface Operation {
  readonly id: OperationId;
  readonly method: "get" | "put" | "post" | "delete";
  /** Below `/_harness`, parameters in braces. */
  readonly path: string;
  readonly summary: string;
  /** What the body is; more than one: either of them. */
  readonly body?: readonly SchemaName[];
  readonly query?: { readonly name: string; readonly summary: string };
  readonly answer: { readonly status: 200 | 201; readonly schema: SchemaName } | { readonly status: 204 };
}

/** What handlers and the description know an operation by. */
export type OperationId =
  | "readEmission"
  | "putEmission"
  | "resetEmission"
  | "useScenario"
  | "reset"
  | "listOffers"
  | "addOffer"
  | "removeOffer"
  | "issue"
  | "listIssued"
  | "readJournal"
  | "clearJournal"
  | "listCatalogue"
  | "registerRelyingParty"
  | "readClock"
  | "setClock"
  | "resetClock"
  | "rotateKeys";

const inUse = { status: 200, schema: "InUse" } as const;
const done = { status: 204 } as const;
const clock = { status: 200, schema: "Clock" } as const;

/** Everything the live API does, but for its health and its description. */
export const OPERATIONS: readonly Operation[] = [
  {
    id: "readEmission",
    method: "get",
    path: "/emission",
    summary: "What answers a sign-in of each channel when nobody chooses",
    answer: inUse,
  },
  {
    id: "putEmission",
    method: "put",
    path: "/emission",
    summary: "Makes an emission, or that of a scenario, the one in use for its channel",
    body: ["Emission", "ScenarioChoice"],
    answer: inUse,
  },
  {
    id: "resetEmission",
    method: "delete",
    path: "/emission",
    summary: "Puts the built-in emissions back in use; the same as POST /reset",
    answer: done,
  },
  {
    id: "useScenario",
    method: "post",
    path: "/use/{scenario}",
    summary: "Makes the emission of a scenario the one in use for its channel",
    answer: inUse,
  },
  {
    id: "reset",
    method: "post",
    path: "/reset",
    summary: "Puts the built-in emissions back in use",
    answer: done,
  },
  {
    id: "listOffers",
    method: "get",
    path: "/offers",
    summary: "Everything that the sign-in pages offer",
    answer: { status: 200, schema: "Offers" },
  },
  {
    id: "addOffer",
    method: "post",
    path: "/offers",
    summary: "Puts an emission on the sign-in page; /fault/<choice> becomes an issuer of its own for it",
    body: ["Offer"],
    answer: { status: 201, schema: "Offered" },
  },
  {
    id: "removeOffer",
    method: "delete",
    path: "/offers/{choice}",
    summary: "Takes an offer, and what was issued under it, away",
    answer: done,
  },
  {
    id: "issue",
    method: "post",
    path: "/issue",
    summary: "Signs an artifact without a sign-in",
    body: ["IssueRequest"],
    answer: { status: 200, schema: "Issued" },
  },
  {
    id: "listIssued",
    method: "get",
    path: "/issued",
    summary: "What was issued under a choice, oldest first",
    query: { name: "choice", summary: "Id of a choice, as GET /offers lists them" },
    answer: { status: 200, schema: "IssuedList" },
  },
  {
    id: "readJournal",
    method: "get",
    path: "/journal",
    summary: "The newest requests and how they were answered, oldest first, without secrets",
    answer: { status: 200, schema: "Journal" },
  },
  {
    id: "clearJournal",
    method: "delete",
    path: "/journal",
    summary: "Empties the journal",
    answer: done,
  },
  {
    id: "listCatalogue",
    method: "get",
    path: "/catalogue",
    summary: "The scenarios, and where each has an issuer of its own",
    answer: { status: 200, schema: "Catalogue" },
  },
  {
    id: "registerRelyingParty",
    method: "post",
    path: "/relying-parties",
    summary: "Adds an OIDC relying party, or replaces the one with the same client id",
    body: ["RelyingParty"],
    answer: done,
  },
  {
    id: "readClock",
    method: "get",
    path: "/clock",
    summary: "What the clock shows that tells every time emitted",
    answer: clock,
  },
  {
    id: "setClock",
    method: "post",
    path: "/clock",
    summary: "Sets the clock, moves it, or stops it",
    body: ["ClockSetting"],
    answer: clock,
  },
  {
    id: "resetClock",
    method: "delete",
    path: "/clock",
    summary: "Lets the clock follow again the one that the IdP was started with",
    answer: clock,
  },
  {
    id: "rotateKeys",
    method: "post",
    path: "/keys/rotate",
    summary: "Signs with a new key, under a new kid, from now on",
    body: ["KeyRotation"],
    answer: { status: 200, schema: "SigningKeys" },
  },
];
