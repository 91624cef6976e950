// The page's policy forbids making code from text, and zod tries it once to be faster; the browser would tell every page's try as
// a violation. Imported before everything else: schemas look at this when they are made.
import { config } from "zod";

config({ jitless: true });
