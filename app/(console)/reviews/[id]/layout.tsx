import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { titleOf } from "./title-of";

interface ReviewLayoutProps {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: ReviewLayoutProps): Promise<Metadata> {
  return { title: (await titleOf((await params).id)) ?? "Not found" };
}

/** Decides above `loading.tsx` whether there is such a review: once a skeleton is on its way, the answer can no longer be a 404. */
export default async function ReviewLayout({ params, children }: ReviewLayoutProps) {
  if ((await titleOf((await params).id)) === null) notFound();
  return children;
}
