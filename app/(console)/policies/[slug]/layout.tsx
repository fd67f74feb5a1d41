import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";

import { titleOf } from "./title-of";

interface PolicyLayoutProps {
  params: Promise<{ slug: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: PolicyLayoutProps): Promise<Metadata> {
  const name = (await titleOf((await params).slug)) ?? "Not found";
  // A title of its own ends the template from above: the pages below would lose the site's name.
  return { title: { default: name, template: `%s · ${name} · Remit` } };
}

/** Decides above any `loading.tsx` whether there is such a policy: once a skeleton is on its way, the answer can no longer be a 404. */
export default async function PolicyLayout({ params, children }: PolicyLayoutProps) {
  if ((await titleOf((await params).slug)) === null) notFound();
  return children;
}
