import type { Express, NextFunction, Request, Response } from "express";
import { renderPlainPage } from "./pages.ts";

const HOME = [{ href: "/", text: "Home" }];

/** Ends an app's routes: a page for unknown paths, and one for our own failures, without a stack trace. */
export function endWithPlainPages(app: Express, application: string): void {
  app.use((_request: Request, response: Response) => {
    response.status(404).send(renderPlainPage(application, "Not found", "There is no such page.", HOME));
  });
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    const status = isTooLarge(error) ? 413 : 500;
    const text =
      status === 413 ? "The message is too large." : "The app failed. This is not about the sign-in.";
    response.status(status).send(renderPlainPage(application, "Something went wrong", text, HOME));
  });
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && "type" in error && error.type === "entity.too.large";
}
