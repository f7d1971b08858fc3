using Microsoft.Z3;

class Uses
{
    static async Task Directly(Context context, Solver solver, Optimize optimize)
    {
        var x = context.MkIntConst("x");
        solver.Add(context.MkGt(x, context.MkInt(1)));
        if (solver.Check() == Status.SATISFIABLE) Console.WriteLine(solver.Model.Evaluate(x)); //! AGD0106
        optimize.Check(); //! AGD0106
        await Task.Yield();
    }
}
