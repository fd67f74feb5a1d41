import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";

import { personOf } from "./person-of";

interface PersonLayoutProps {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: PersonLayoutProps): Promise<Metadata> {
  return { title: (await personOf((await params).id))?.name ?? "Not found" };
}

/** Decides above `loading.tsx` whether there is such a person: once a skeleton is on its way, the answer can no longer be a 404. */
export default async function PersonLayout({ params, children }: PersonLayoutProps) {
  if (!(await personOf((await params).id))) notFound();
  return children;
}
