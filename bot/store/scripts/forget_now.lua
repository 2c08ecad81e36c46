-- Erases a person, whatever they are doing at this moment.
-- KEYS: dead, then the person's keys      ARGV: ordering key of the person
forget(1, 2, ARGV[1])
return 1
