-f b.f -F sub/b.f // c
+incdir+a+b "q r" $ROOT/x.v \
--top t -GW=1 +define+A=1+B -y l +libext+.v m.v
