problem-tag-missing = Write a tag first, such as returns.
problem-tag-too-long = This tag is { $length } characters long; at most { $most } fit.
problem-tag-character = A tag is one word of letters, digits and - . / +; “{ $character }” does not fit.
problem-tag-kept = “{ $word }” means tickets without a tag. Choose another word.
problem-tags-full = This ticket has { $most } tags already; more do not fit. Take one off first.
problem-tag-name-taken = There is a tag “{ $name }” already. Nothing was changed. Merge the two, or choose another name.
