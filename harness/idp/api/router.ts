import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { apiHandlers, type Handler } from "./handlers.ts";
import { describeApi } from "./openapi.ts";
import { type Operation, OPERATIONS } from "./operations.ts";
import { answerProblem, ApiProblem } from "./problem.ts";
import type { Control } from "../control.ts";
import { endpoint } from "../endpoint.ts";
import type { ApiRecords } from "../store/replicas.ts";

const BODY_LIMIT = "256kb";

/** A form, which any web page can send, is no request to this API. */
const wantJson: RequestHandler = (request, _response, next) => {
  const type = request.headers["content-type"];
  if (type !== undefined && /^application\/json *(;|$)/i.test(type)) return next();
  throw new ApiProblem(415, `the content type is ${type ?? "missing"}`, {
    hint: "Send JSON, with Content-Type: application/json.",
    headers: { accept: "application/json" },
  });
};

/** A request without a body may go without a type, but may not have another one. */
const wantNoForm: RequestHandler = (request, response, next) =>
  request.headers["content-type"] === undefined ? next() : wantJson(request, response, next);

function perform({ answer }: Operation, handler: Handler, { settled }: ApiRecords): RequestHandler {
  return endpoint(async (request: Request, response: Response) => {
    const result = await handler(request);
    await settled();
    response.status(answer.status).set("cache-control", "no-store");
    if (answer.status === 204) response.end();
    else response.json(result);
  });
}

function refuseMethod(path: string): RequestHandler {
  const allowed = OPERATIONS.filter((one) => one.path === path).map(({ method }) => method.toUpperCase());
  return ({ method }) => {
    throw new ApiProblem(405, `${method} is nothing that is done here`, {
      hint: `Use ${allowed.join(" or ")}.`,
      headers: { allow: allowed.join(", ") },
    });
  };
}

const refusePath: RequestHandler = () => {
  throw new ApiProblem(404, "the live API has no such path", {
    hint: "GET /_harness/openapi.json describes every path there is.",
  });
};

/** Express writes a parameter of a path as `:name`. */
function routePath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

/**
 * Makes the live API: what a program in the same process can do with the IdP, by HTTP.
 *
 * @param origin of the IdP, known once it listens
 */
export function apiRouter(control: Control, origin: () => string, records: ApiRecords): Router {
  const router = express.Router();
  const handlers = apiHandlers(control, origin, records);
  const json = express.json({ limit: BODY_LIMIT, inflate: false });
  for (const operation of OPERATIONS) {
    const readers = operation.body === undefined ? [wantNoForm] : [wantJson, json];
    router[operation.method](
      routePath(operation.path),
      ...readers,
      perform(operation, handlers[operation.id], records),
    );
  }
  router.get("/openapi.json", (_request, response) => void response.json(describeApi(origin())));
  for (const path of new Set(OPERATIONS.map((operation) => operation.path))) {
    router.all(routePath(path), refuseMethod(path));
  }
  return router.use(refusePath).use(answerProblem);
}
