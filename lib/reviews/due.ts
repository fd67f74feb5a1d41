/** The topic by which a gate tells the worker that there is something to review. Nobody else listens to it. */
export const REVIEW_DUE = "review-due";
