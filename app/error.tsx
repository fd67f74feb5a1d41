"use client";
import { digestOf, ErrorState } from "@/components/ui/error-state";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState digest={digestOf(error)} retry={retry} />
    </main>
  );
}
