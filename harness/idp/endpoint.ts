import type { Request, RequestHandler, Response } from "express";

/** Makes an express handler of an asynchronous one; what it throws goes to the error page. */
export function endpoint(handle: (request: Request, response: Response) => Promise<void>): RequestHandler {
  return async (request, response, next) => {
    try {
      await handle(request, response);
    } catch (error) {
      next(error);
    }
  };
}
