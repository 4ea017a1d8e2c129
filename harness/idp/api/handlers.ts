import type { Request } from "express";
import type { z } from "zod";
import type { Emission, EmissionInput } from "../../emission/emission.ts";
import type { OperationId } from "./operations.ts";
import { ApiProblem } from "./problem.ts";
import {
  API_SCHEMAS,
  clockSettingSchema,
  issuedQuerySchema,
  issueSchema,
  keyRotationSchema,
  offerSchema,
  scenarioSchema,
} from "./schemas.ts";
import type { Control } from "../control.ts";
import type { IssuedArtifact } from "../issued.ts";
import { relyingPartySchema } from "../relying-party-schema.ts";
import type { ApiRecords } from "../store/replicas.ts";
import { problemsIn } from "../schema-problems.ts";

/** Does an operation and returns what it answers. */
export type Handler = (request: Request) => unknown;

const CATALOGUE = "GET /_harness/catalogue lists the ids.";
const DESCRIPTION = "GET /_harness/openapi.json describes what each request takes.";

/** Reads a part of a request; everything that is wrong with it is told at once. */
function read<Schema extends z.ZodType>(schema: Schema, value: unknown, part: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = problemsIn(parsed.error, value);
  const [first] = problems;
  const message = `${part} is not what is taken here: ${first?.place ?? ""} ${first?.expected ?? ""}`.trim();
  throw new ApiProblem(422, message, { hint: DESCRIPTION, problems });
}

function isScenario(body: unknown): boolean {
  return typeof body === "object" && body !== null && "scenario" in body;
}

function wanted(body: unknown): EmissionInput | string {
  if (isScenario(body)) return read(scenarioSchema, body, "the body").scenario;
  return read(API_SCHEMAS.Emission, body, "the body");
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}

function missing(what: string, hint: string): ApiProblem {
  return new ApiProblem(404, `there is no ${what}`, { hint });
}

function parameter(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === "string" ? value : "";
}

async function scenarioOf(request: Request, control: Control): Promise<string> {
  const id = parameter(request, "scenario");
  if ((await control.scenario(id)) !== undefined) return id;
  throw missing(`scenario ${quoted(id)} in the catalogue`, CATALOGUE);
}

/** A choice that is on offer. */
function offered(choice: string, control: Control): string {
  if (control.offers().some(({ id }) => id === choice)) return choice;
  throw missing(`choice ${quoted(choice)} on offer`, "GET /_harness/offers lists them.");
}

/** Either of both ways to name an emission; the schema has seen to it that there is one. */
interface Named {
  readonly emission?: Emission | undefined;
  readonly scenario?: string | undefined;
}

async function emissionOf({ emission, scenario = "" }: Named, control: Control): Promise<Emission> {
  const named = emission ?? (await control.scenario(scenario))?.emission;
  if (named !== undefined) return named;
  const problem = { place: "/scenario", found: quoted(scenario), expected: "an id of the catalogue" };
  throw new ApiProblem(422, `there is no scenario ${quoted(scenario)} in the catalogue`, {
    hint: CATALOGUE,
    problems: [problem],
  });
}

async function addOffer(body: unknown, control: Control): Promise<{ choice: string }> {
  const { title, ...named } = read(offerSchema, body, "the body");
  return { choice: control.offer(await emissionOf(named, control), title) };
}

async function issue(body: unknown, control: Control): Promise<IssuedArtifact> {
  const { emission, scenario, ...wish } = read(issueSchema, body, "the body");
  const named = await emissionOf({ emission, scenario }, control);
  if (named.channel === "eam" && (wish.nonce === undefined || wish.eam === undefined)) {
    throw new ApiProblem(422, "an answer of channel eam needs nonce and eam", { hint: DESCRIPTION });
  }
  return await control.issue(named, wish);
}

function removeOffer(choice: string, control: Control): void {
  if (!choice.startsWith("offer-")) {
    throw missing(`offer ${quoted(choice)}`, "Only what was offered can be taken away.");
  }
  control.withdraw(offered(choice, control));
}

function faultUrls(issuer: string): Readonly<Record<string, string>> {
  return {
    oidcDiscovery: `${issuer}/oidc/.well-known/openid-configuration`,
    samlMetadata: `${issuer}/saml/metadata`,
    wsFedMetadata: `${issuer}/wsfed/metadata`,
    eamDiscovery: `${issuer}/eam/.well-known/openid-configuration`,
  };
}

async function listCatalogue(origin: string, control: Control): Promise<readonly unknown[]> {
  return (await control.catalogue()).map(({ id, title, emission, severity, covers = [] }) => ({
    id,
    title,
    channel: emission.channel,
    severity,
    covers,
    urls: faultUrls(`${origin}/fault/${id}`),
  }));
}

/**
 * Makes what does each operation.
 *
 * @param origin of the IdP, known once it listens
 */
export function apiHandlers(
  control: Control,
  origin: () => string,
  records: ApiRecords,
): Readonly<Record<OperationId, Handler>> {
  const use = async (input: EmissionInput | string): Promise<unknown> => {
    await control.use(input);
    return control.inUse();
  };
  return {
    readEmission: () => control.inUse(),
    putEmission: async ({ body }) => await use(wanted(body)),
    resetEmission: () => control.reset(),
    useScenario: async (request) => await use(await scenarioOf(request, control)),
    reset: () => control.reset(),
    listOffers: () =>
      control.offers().map(({ id, title, emission }) => ({ choice: id, title, channel: emission.channel })),
    addOffer: async ({ body }) => await addOffer(body, control),
    removeOffer: (request) => removeOffer(parameter(request, "choice"), control),
    issue: async ({ body }) => await issue(body, control),
    listIssued: async ({ query }) =>
      await records.issued(offered(read(issuedQuerySchema, query, "the query").choice, control)),
    readJournal: async () => await records.journal(),
    clearJournal: () => control.clearJournal(),
    registerRelyingParty: ({ body }) => control.register(read(relyingPartySchema, body, "the body")),
    readClock: () => control.clock.read(),
    setClock: ({ body }) => control.clock.set(read(clockSettingSchema, body, "the body")),
    resetClock: () => control.clock.reset(),
    rotateKeys: async ({ body }) => ({
      kids: await control.rotateKeys(read(keyRotationSchema, body, "the body")),
    }),
    listCatalogue: async () => await listCatalogue(origin(), control),
  };
}
