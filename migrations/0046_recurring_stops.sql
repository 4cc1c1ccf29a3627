-- Why a template was paused by itself is one of a few words, said in the language of whoever reads it. What was
-- kept before is a sentence, and says no more than that something could not be.
update recurring set failed = 'other' where failed is not null;
