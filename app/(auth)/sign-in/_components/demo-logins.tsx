"use client";
import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useAction } from "@/components/form/use-action";
import { Avatar } from "@/components/ui/avatar";
import { useHydrated } from "@/components/ui/use-hydrated";
import { DEMO_LOGINS, DEMO_PASSWORD } from "@/lib/demo/login";
import { signInWith } from "../../_components/sign-in-with";

/** Whom one may be in the demo, each with one press. */
export function DemoLogins({ next }: { next: string }) {
  const router = useRouter();
  const hydrated = useHydrated();
  const { run, pending } = useAction((email: string) => signInWith(email, DEMO_PASSWORD), {
    onSuccess: () => {
      router.replace(next);
      router.refresh();
    },
  });
  return (
    <section aria-labelledby="demo-logins" className="flex flex-col gap-2">
      <h2 id="demo-logins" className="text-sm text-muted">
        This is a demo. Sign in as
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {DEMO_LOGINS.map(({ email, name, role, sees }) => (
          <li key={email}>
            <button
              type="button"
              disabled={pending || !hydrated}
              onClick={() => run(email)}
              className="group flex w-full items-center gap-3 px-3 py-2.5 text-left text-sm -outline-offset-2 hover:bg-surface-2 disabled:opacity-55"
            >
              <Avatar name={name} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{name}</span>
                <span className="block truncate text-xs text-muted">
                  {role}: sees {sees}
                </span>
              </span>
              <ArrowRight aria-hidden className="size-4 text-faint transition-transform group-hover:translate-x-0.5" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
