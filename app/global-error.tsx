"use client";
import "./globals.css";
import { digestOf, ErrorState } from "@/components/ui/error-state";

/** Stands in for the root layout when that fails itself, so it can rely on nothing from it. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Remit</title>
        <main className="grid min-h-dvh place-items-center">
          <ErrorState title="Remit could not be shown" digest={digestOf(error)} retry={retry} />
        </main>
      </body>
    </html>
  );
}
