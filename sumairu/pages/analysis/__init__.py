"""地域分析シート: what the portal's figures say of one town, chapter by chapter, beside towns like it, its office and the prefecture."""
