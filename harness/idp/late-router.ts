import type { RequestHandler } from "express";

/** Makes a handler of a router that the first request loads, so that a run without it does not pay for it. */
export function lateRouter(load: () => Promise<RequestHandler>): RequestHandler {
  let loading: Promise<RequestHandler> | undefined;
  return async (request, response, next) => {
    try {
      const router = await (loading ??= load());
      await router(request, response, next);
    } catch (error) {
      next(error);
    }
  };
}
